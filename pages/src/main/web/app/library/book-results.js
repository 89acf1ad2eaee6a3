// The list of the books of a query.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { keyed } from '../../kit/keyed.js';
import { readingOf, readings } from '../../kit/readings.js';
import { addressWith } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { FACETS } from './book-query.js';
import { facetValueName } from './facets.js';
import { createResult, updateResult } from './new-books.js';

/** `list` is a BookList. */
class BookResults extends PageElement {
  static properties = { list: { attribute: false } };

  #stop = null;

  constructor() {
    super();
    this.watch(readings);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.();
  }

  willUpdate(changed) {
    if (changed.has('list')) {
      this.#stop?.();
      this.#stop = this.list.subscribe(() => this.requestUpdate());
    }
  }

  render() {
    const { list } = this;
    const isEmpty = list.isLoaded && list.books.length === 0;
    return html`
      <div class="results-head">
        <p role="status">${this.#summary()}</p>
        ${this.#filters()}
      </div>
      ${isEmpty ? html`<p>${t('library.nothingFound')} <a href="/books">${t('library.showAll')}</a></p>` : nothing}
      ${list.hasEarlier ? html`
        <button type="button" class="results-step" ?disabled=${list.isLoading} @click=${this.#earlier}>
          ${t('library.earlier', { count: list.earlierCount })}
        </button>` : nothing}
      <ul class="results plain-list" aria-busy=${list.isLoading}></ul>
      <lectern-problem .problem=${list.problem} .retry=${() => list.more()}></lectern-problem>
      ${list.isLoading ? html`<lectern-waiting></lectern-waiting>` : nothing}
      ${list.isLoaded && list.hasMore && !list.isLoading ? html`
        <button type="button" class="results-step" @click=${this.#more}>${t('library.more')}</button>` : nothing}`;
  }

  updated() {
    keyed(this.querySelector('ul.results'), this.list.books, ({ id }) => id, createResult,
      (item, book) => updateResult(item, book, readingOf(book.id)));
  }

  #summary() {
    const { list } = this;
    if (!list.isLoaded) {
      return nothing;
    }
    const name = list.hasMore || list.hasEarlier ? 'library.shownOfMore' : 'library.shown';
    const { earlierCount, books } = list;
    return t(name, { count: books.length, first: earlierCount + 1, last: earlierCount + books.length });
  }

  #filters() {
    const { value: query } = this.list;
    const chosen = FACETS.filter((facet) => query[facet] !== undefined);
    return chosen.length === 0 ? nothing : html`
      <ul class="results-filters plain-list">
        ${chosen.map((facet) => html`
          <li>
            <a class="button small" href=${addressWith({ [facet]: null }, '/books')}>
              <span class="visually-hidden">${t('library.without')}</span>
              <bdi>${facetValueName(facet, query[facet])}</bdi> <span aria-hidden="true">✕</span>
            </a>
          </li>`)}
      </ul>`;
  }

  /** The first new book takes the place of the button, and the focus. */
  async #more() {
    await this.#keepingPlace(async () => {
      const book = await this.list.more();
      await this.updateComplete;
      return book;
    });
  }

  async #earlier() {
    await this.#keepingPlace(async () => {
      const book = await this.list.earlier();
      await this.updateComplete;
      return book;
    });
  }

  /** What is seen stays where it is, even if books above it come or go. */
  async #keepingPlace(change) {
    const items = () => [...this.querySelectorAll('ul.results > li')];
    const before = new Map(items().map((item) => [item, item.getBoundingClientRect().top]));
    const book = await change();
    const kept = items().find((item) => before.has(item));
    if (kept) {
      scrollBy({ top: kept.getBoundingClientRect().top - before.get(kept), behavior: 'instant' });
    }
    const focused = items().find((item) => item.firstElementChild.book.id === book?.id);
    await focused?.firstElementChild.updateComplete;
    const anchor = focused?.querySelector('a');
    anchor?.focus({ preventScroll: true });
    anchor?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }
}

customElements.define('lectern-book-results', BookResults);
