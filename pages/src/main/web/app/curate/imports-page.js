// Sends lists of books, and shows what became of each line.

import { html, nothing, render } from 'lit';

import './import-form.js';
import './import-view.js';
import { read } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { keyed } from '../../kit/keyed.js';
import { addressWith, setQuery } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { importTimes, stateWord } from './import-words.js';

/** How many imports are listed. */
const LISTED = 20;

/** Milliseconds between two looks: while something comes in, and else. */
const LOOK_WHILE_RUNNING = 700;
const LOOK = 10_000;

const ENDS = { running: '…', done: '✓', failed: '✕' };

/** The page at `/curate/imports`, for curators; `?import=` shows one of them. */
class ImportsPage extends PageElement {
  static properties = {
    route: { attribute: false },
    imports: { state: true },
    shown: { state: true },
    sent: { state: true },
    problem: { state: true },
  };

  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate(changes) {
    if (changes.has('route') && changes.get('route')) {
      this.#look();
    }
  }

  render() {
    return html`
      <h1 tabindex="-1">${t('curate.importsTitle')}</h1>
      ${this.problem ? html`<lectern-problem .problem=${this.problem}></lectern-problem>` : nothing}
      ${this.shown ? html`
        <lectern-import .report=${this.shown} .lines=${this.#linesOfShown()}></lectern-import>` : nothing}
      <section aria-labelledby="send-title">
        <h2 id="send-title">${t('curate.send')}</h2>
        <p>${t('curate.sendExplanation')}</p>
        <lectern-import-form @import-sent=${this.#begin} @import-ended=${this.#end}></lectern-import-form>
      </section>
      <section aria-labelledby="earlier-title">
        <h2 id="earlier-title">${t('curate.earlier')}</h2>
        ${this.imports ? this.#list() : this.problem ? nothing : html`<lectern-waiting></lectern-waiting>`}
      </section>`;
  }

  #list() {
    return this.imports.length === 0 ? html`<p class="quiet">${t('curate.noImports')}</p>` : html`
      <ul class="rows"></ul>`;
  }

  /** An import stays the same element when newer ones come before it. */
  updated() {
    const rows = this.querySelector('ul.rows');
    if (rows) {
      keyed(rows, this.imports, ({ id }) => id, () => document.createElement('li'),
        (item, one) => render(this.#row(one), item));
    }
  }

  #row(one) {
    return html`
      <span>
        <a href=${addressWith({ import: one.id })} dir="auto"
          aria-current=${one.id === this.shown?.id ? 'true' : nothing}>${one.source ?? t('curate.noSource')}</a>
        <span class="tag ${{ done: 'state-good', failed: 'state-bad' }[one.state] ?? ''}">
          <span aria-hidden="true">${ENDS[one.state] ?? ''} </span>${stateWord(one.state)}</span><br>
        <span class="quiet small">${t('curate.counts', one)} · ${importTimes(one)}</span>
      </span>`;
  }

  #linesOfShown() {
    return this.sent?.id === this.shown.id ? this.sent.lines : null;
  }

  /** A list is on its way: its import is the one that was not there before. */
  #begin({ detail: { lines } }) {
    this.sent = { id: null, lines, before: new Set((this.imports ?? []).map(({ id }) => id)) };
    this.#look();
  }

  #end({ detail: { id } }) {
    if (id) {
      this.sent = { ...this.sent, id };
      setQuery({ import: id }, { replace: true });
    } else {
      this.sent = null;
    }
    this.#look();
  }

  async #look() {
    clearTimeout(this.#timer);
    try {
      this.imports = (await read('/imports', { limit: LISTED })).body.items;
      this.#find();
      const id = this.route?.query.get('import');
      this.shown = id ? (await read(`/imports/${encodeURIComponent(id)}`)).body : null;
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
    }
    clearTimeout(this.#timer);
    if (this.isConnected) {
      const isRunning = (this.sent && !this.sent.id) || this.imports?.some(({ state }) => state === 'running');
      this.#timer = setTimeout(() => this.#look(), isRunning ? LOOK_WHILE_RUNNING : LOOK);
    }
  }

  #find() {
    if (this.sent && !this.sent.id) {
      const found = this.imports.find(({ id, state }) => state === 'running' && !this.sent.before.has(id));
      if (found) {
        this.sent = { ...this.sent, id: found.id };
        setQuery({ import: found.id }, { replace: true });
      }
    }
  }
}

customElements.define('lectern-imports-page', ImportsPage);
