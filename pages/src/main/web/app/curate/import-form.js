// Sends a list of books.

import { html, nothing } from 'lit';

import { request } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { FormController, field, refuseIf } from '../../kit/form.js';
import { t } from '../../kit/words.js';

const MEDIA_TYPES = { markdown: 'text/markdown', ndjson: 'application/x-ndjson' };

/** The longest time that a list may take, in milliseconds. */
const IMPORT_LIMIT = 30 * 60_000;

/** Lines are counted, for the progress, of lists up to this number of bytes. */
const COUNTED_BYTES = 32_000_000;

/**
 * A form for a file or a text. Fires `import-sent` with the number of `lines` (null if unknown) when the sending
 * begins, and `import-ended` with the `id` of the import (null if it failed).
 */
class ImportForm extends PageElement {
  static properties = { form: { state: true } };

  #form = new FormController(this);

  constructor() {
    super();
    this.form = 'markdown';
  }

  render() {
    const form = this.#form;
    const isMarkdown = this.form === 'markdown';
    return html`
      <form class="stack" novalidate @submit=${(event) => form.send(event, (values) => this.#send(values))}>
        <fieldset @change=${(event) => (this.form = event.target.value)}>
          <legend>${t('curate.form')}</legend>
          ${Object.keys(MEDIA_TYPES).map((name) => html`
            <label class="choice">
              <input type="radio" name="form" value=${name} .checked=${this.form === name}>
              <span>${t(`curate.forms.${name}`)}</span>
            </label>`)}
        </fieldset>
        <div class="field">
          <label for="file">${t('curate.file')}</label>
          <input id="file" name="file" type="file" accept=".md,.markdown,.ndjson,.jsonl,.txt" @change=${this.#choose}>
        </div>
        ${field({ id: 'text', label: t('curate.text'), rows: 5, plain: true, fault: form.fault('/text') })}
        ${field({ id: 'source', label: t('curate.source'), maxlength: 500, hint: t('curate.sourceHint'), plain: true,
          fault: form.fault('source') })}
        ${isMarkdown ? field({ id: 'list-language', label: t('curate.languageOfList'), plain: true,
          hint: t('curate.languageOfListHint'), fault: form.fault('language') }) : nothing}
        ${form.rest('/text', 'source', 'language')
          ? html`<lectern-problem .problem=${form.problem}></lectern-problem>` : nothing}
        <p class="actions">
          <button class="button-main" aria-disabled=${form.sending ? 'true' : nothing}>
            ${t(form.sending ? 'curate.importing' : 'curate.import')}</button>
        </p>
      </form>`;
  }

  /** The name of a file says its form, and where it comes from. */
  #choose({ target }) {
    const name = target.files[0]?.name;
    if (name) {
      this.form = /\.(ndjson|jsonl)$/i.test(name) ? 'ndjson' : 'markdown';
      const source = this.querySelector('#source');
      source.value ||= name;
    }
  }

  async #send({ form, file, text, source, 'list-language': language }) {
    const body = file.size > 0 ? file : new Blob([text]);
    refuseIf({ '/text': body.size > 0 ? null : t('curate.textMissing') });
    const lines = body.size > COUNTED_BYTES ? null : (await body.text()).split('\n').length;
    this.#tell('import-sent', { lines });
    let id = null;
    try {
      ({ body: { id } } = await request('POST', '/imports', {
        parameters: { source: source.trim(), language: language?.trim() },
        headers: { 'Content-Type': MEDIA_TYPES[form] },
        body,
        timeout: IMPORT_LIMIT,
      }));
    } finally {
      this.#tell('import-ended', { id });
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('lectern-import-form', ImportForm);
