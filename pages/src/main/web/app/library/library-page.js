// All books: search, facets, and what changes while one looks.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { addressWith, navigate } from '../../kit/router.js';
import { loadReadings, readings } from '../../kit/readings.js';
import { session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import { BookList } from './book-list.js';
import { bookQuery, mayBelong } from './book-query.js';
import { CatalogChanges } from './catalog-changes.js';
import { countFacets } from './facet-counts.js';
import './book-results.js';
import './facets.js';
import './new-books.js';
import './search-field.js';

/** Lists that Back may come back to, by their query. */
const keptLists = new Map();

const MAX_KEPT = 5;

class LibraryPage extends PageElement {
  static properties = { route: { attribute: false }, areFacetsOpen: { state: true } };

  #list = null;
  #changes = null;
  #stop = null;
  #counts = null;
  #areCounted = false;

  constructor() {
    super();
    this.areFacetsOpen = matchMedia('(min-width: 60rem)').matches;
    this.watch(readings, session);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  willUpdate(changed) {
    if (session.value) {
      // Without the readings the list is as it is for others; the state of the streams tells that they are away.
      loadReadings().catch(() => {});
    }
    if (changed.has('route')) {
      const query = bookQuery(this.route.query);
      if (!this.#list || JSON.stringify(query) !== JSON.stringify(this.#list.value)) {
        this.#open(query);
      }
    }
  }

  render() {
    const query = this.#list.value;
    return html`
      <h1>${t('library.pageTitle')}</h1>
      <lectern-search-field .text=${query.q ?? ''} @search=${({ detail }) => this.#search(detail)}>
      </lectern-search-field>
      <div class="library">
        <details class="library-facets" ?open=${this.areFacetsOpen}>
          <summary>${t('library.narrow')}</summary>
          ${this.#list.isLoaded || this.#areCounted ? html`
            <lectern-facets .query=${query} .counts=${this.#facetCounts()}></lectern-facets>` : nothing}
        </details>
        <div class="library-books">
          <lectern-new-books .changes=${this.#changes} .count=${this.#changes.count}></lectern-new-books>
          <lectern-book-results .list=${this.#list}></lectern-book-results>
        </div>
      </div>`;
  }

  /** The values of all books of the query if all of them are here. While it is read, those of the query before. */
  #facetCounts() {
    const { isLoaded, isWhole, books } = this.#list;
    if (isLoaded) {
      this.#areCounted = true;
      this.#counts = isWhole ? countFacets(books.filter(({ isRemoved }) => !isRemoved)) : null;
    }
    return this.#counts;
  }

  #search({ text, isNew }) {
    navigate(addressWith({ q: text || null }, '/books'), { replace: !isNew });
  }

  /** Shows the list of a query. A list that was shown before is shown at once, and read again if it is old. */
  #open(query) {
    this.#close();
    const list = keptList(query);
    this.#list = list;
    this.#stop = list.subscribe(() => this.requestUpdate());
    this.#changes = new CatalogChanges({
      isShown: (id) => list.has(id),
      belongs: (book) => mayBelong(book, query),
      changed: (events) => this.#apply(events),
      missed: () => this.#refresh(),
    });
    this.#read(list, this.#changes);
  }

  async #read(list, changes) {
    if (!list.isLoaded) {
      await list.more();
    }
    const isWhole = await changes.start(list.cursor);
    if (!isWhole && list.isLoaded && this.#list === list) {
      await this.#refresh();
    }
  }

  async #refresh() {
    if (!this.#list.isLoaded) {
      await this.#list.more();
      return;
    }
    const { belongs } = this.#changes;
    const found = await this.#list.refresh();
    found.filter(belongs).forEach((book) => this.#changes.add(book));
    this.requestUpdate();
  }

  #apply(events) {
    for (const [id, { type, data }] of events) {
      if (type === 'book-removed') {
        this.#list.remove(id);
      } else {
        this.#list.merge(data);
      }
    }
    if (events.size > 0) {
      this.#list.changed();
    }
    this.requestUpdate();
  }

  #close() {
    this.#stop?.();
    this.#list?.abort();
    this.#changes?.close();
  }
}

/** Returns the list of a query as it was shown last, or a new one. */
function keptList(query) {
  const key = JSON.stringify(query);
  const list = keptLists.get(key) ?? new BookList(query);
  keptLists.delete(key);
  keptLists.set(key, list);
  if (keptLists.size > MAX_KEPT) {
    keptLists.delete(keptLists.keys().next().value);
  }
  return list;
}

customElements.define('lectern-library-page', LibraryPage);
