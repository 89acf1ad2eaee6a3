// A book in a list.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { list } from '../../kit/format.js';
import { link } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { levelName, readingState } from './book-words.js';
import { bestWay } from './free-ways.js';

/** More authors are counted. */
const MAX_AUTHORS = 4;

const WAY_ICONS = { live: '●', archived: '◐', dead: '✕', none: '○' };

/** `book` is the document, with `isRemoved` once it is removed; `reading` is the reader's, if there is one. */
class BookResult extends PageElement {
  static properties = { book: { attribute: false }, reading: { attribute: false } };

  render() {
    const { id, title, language, isRemoved } = this.book;
    const name = html`<span lang=${language ?? nothing} dir="auto">${title}</span>`;
    return isRemoved
      ? html`<del class="result-title">${name}</del><p class="result-facts">✕ ${t('library.removed')}</p>`
      : html`<a class="result-title" href=${link(`/books/${id}`)}>${name}</a>${this.#authors()}${this.#facts()}`;
  }

  #authors() {
    const { authors } = this.book;
    if (authors.length === 0) {
      return nothing;
    }
    const others = authors.length - MAX_AUTHORS;
    const names = authors.slice(0, MAX_AUTHORS);
    return html`<p class="result-authors" dir="auto">
      ${list(others > 0 ? [...names, t('library.otherAuthors', { count: others })] : names)}</p>`;
  }

  #facts() {
    const { state, text } = bestWay(this.book);
    const mine = this.reading && readingState(this.reading);
    return html`
      <p class="result-facts">
        <span class=${`way-${state}`}><span aria-hidden="true">${WAY_ICONS[state] ?? '●'}</span> ${text}</span>
        ${this.book.level ? html`<span>${levelName(this.book.level)}</span>` : nothing}
        ${mine ? html`<span class="result-mine">${mine}</span>` : nothing}
      </p>`;
  }
}

customElements.define('lectern-book-result', BookResult);
