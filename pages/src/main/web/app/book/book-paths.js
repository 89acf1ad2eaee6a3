// The learning paths on which a book is.

import { html, nothing } from 'lit';
import { readAll } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { link } from '../../kit/router.js';
import { t } from '../../kit/words.js';

/** `book` is the id of the book. */
class BookPaths extends PageElement {
  static properties = { book: {}, paths: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.paths = [];
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  render() {
    const found = this.paths.filter(({ gates }) => gates.some((gate) => this.#gateHasBook(gate)));
    return html`
      <lectern-problem .problem=${this.problem} .retry=${() => this.#read()}></lectern-problem>
      ${found.length === 0 ? nothing : html`
        <h2>${t('book.paths')}</h2>
        <ul class="plain-list">${found.map((path) => this.#path(path))}</ul>`}`;
  }

  #path({ id, title, gates }) {
    const gate = gates.find((one) => this.#gateHasBook(one));
    const { note } = gate.steps.find((step) => step.book === this.book);
    return html`
      <li>
        <p>
          <a href=${link(`/paths/${id}`)}><bdi>${title}</bdi></a> <span class="quiet"><bdi>${gate.title}</bdi></span>
        </p>
        ${note ? html`<p class="quiet small" dir="auto">${note}</p>` : nothing}
      </li>`;
  }

  #gateHasBook({ steps }) {
    return steps.some(({ book }) => book === this.book);
  }

  async #read() {
    try {
      this.paths = (await readAll('/paths')).items;
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
    }
  }
}

customElements.define('lectern-book-paths', BookPaths);
