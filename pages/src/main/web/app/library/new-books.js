// Books that were added while one looks at a list.

import { html, nothing } from 'lit';
import { announce } from '../../kit/announce.js';
import { PageElement } from '../../kit/element.js';
import { keyed } from '../../kit/keyed.js';
import { readingOf } from '../../kit/readings.js';
import { t } from '../../kit/words.js';
import './book-result.js';

/**
 * A bar with the number of new books. They are shown above the list when the reader asks for them, and never move
 * what is being read. `changes` has the new books, `count` their number.
 */
class NewBooks extends PageElement {
  static properties = { changes: { attribute: false }, count: { type: Number }, books: { state: true } };

  #total = 0;

  constructor() {
    super();
    this.count = 0;
    this.books = [];
  }

  willUpdate(changed) {
    if (changed.has('changes')) {
      this.books = [];
    }
    if (changed.has('count') && this.count > 0) {
      announce(t('library.newBooks', { count: this.count }));
    }
  }

  render() {
    return html`
      <div class="new-books-bar">
        ${this.count > 0 ? html`
          <span>${t('library.newBooks', { count: this.count })}</span>
          <button type="button" @click=${this.#show}>${t('library.showNew')}</button>` : nothing}
      </div>
      <section class="new-books" aria-labelledby="new-books-title" ?hidden=${this.books.length === 0}>
        <h2 id="new-books-title">${t('library.newTitle')}</h2>
        ${this.#total > this.books.length
          ? html`<p class="quiet">${t('library.newestOnly', { count: this.books.length, total: this.#total })}</p>`
          : nothing}
        <ul class="results plain-list"></ul>
        <button type="button" class="button-quiet" @click=${() => this.books = []}>${t('library.hideNew')}</button>
      </section>`;
  }

  updated() {
    keyed(this.querySelector('ul'), this.books, ({ id }) => id, createResult,
      (item, book) => updateResult(item, book, readingOf(book.id)));
  }

  async #show() {
    this.#total = this.count;
    this.books = [...this.changes.added.values()].reverse();
    this.changes.clear();
    this.count = 0;
    await this.updateComplete;
    this.querySelector('li a')?.focus();
  }
}

/** Creates the item of a book in a list. */
export function createResult() {
  const item = document.createElement('li');
  item.className = 'result';
  item.append(document.createElement('lectern-book-result'));
  return item;
}

/** Shows a book in its item. */
export function updateResult(item, book, reading) {
  const result = item.firstElementChild;
  result.book = book;
  result.reading = reading;
}

customElements.define('lectern-new-books', NewBooks);
