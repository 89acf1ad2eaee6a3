// The end of an account.

import { html, nothing } from 'lit';

import { read } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { FormController, field, refuseIf } from '../../kit/form.js';
import { discard, outbox } from '../../kit/outbox.js';
import { navigate } from '../../kit/router.js';
import { eraseReader, readerPath, session } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** Erases the reader, once the handle has been typed. */
class EraseForm extends PageElement {
  static properties = { etag: { attribute: false }, isOutdated: { state: true } };

  #form = new FormController(this);

  render() {
    const form = this.#form;
    return html`
      <section class="card danger" aria-labelledby="erase-title">
        <h2 id="erase-title">${t('account.erase')}</h2>
        <p>${t('account.eraseExplanation')}</p>
        <form class="stack" novalidate @submit=${(event) => form.send(event, (values) => this.#erase(values))}>
          ${field({ id: 'erase-handle', label: t('account.eraseConfirm', { reader: session.value?.reader }),
            plain: true, fault: form.fault('/reader') })}
          ${this.isOutdated ? html`<p class="fault" role="alert">${t('account.eraseOutdated')}</p>` : nothing}
          ${form.rest('/reader') && !this.isOutdated
            ? html`<lectern-problem .problem=${form.problem}></lectern-problem>` : nothing}
          <p class="actions">
            <button class="button-bad" aria-disabled=${form.sending ? 'true' : nothing}>
              ${t('account.eraseNow')}</button>
          </p>
        </form>
      </section>`;
  }

  async #erase(values) {
    const { reader } = session.value;
    refuseIf({ '/reader': values['erase-handle'].trim() === reader ? null : t('account.eraseMismatch', { reader }) });
    this.isOutdated = false;
    try {
      await eraseReader(this.etag, () => Promise.all(outbox.value.map(({ key }) => discard(key))));
    } catch (failure) {
      this.isOutdated = failure.status === 412;
      if (this.isOutdated) {
        const { body, etag } = await read(readerPath(''));
        this.dispatchEvent(new CustomEvent('account-changed', { bubbles: true, detail: { profile: body, etag } }));
      }
      throw failure;
    }
    navigate('/', { replace: true });
  }
}

customElements.define('lectern-erase-form', EraseForm);
