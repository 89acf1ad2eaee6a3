// The books that a query finds, of which a bounded number is kept.

import { read } from '../../kit/api.js';
import { Store } from '../../kit/store.js';

const PAGE_SIZE = 50;

/** More pages are not shown at once. Those before them can be read again. */
const MAX_PAGES = 4;

/** A list of books by pages. Its value is the query, which does not change. */
export class BookList extends Store {
  isLoaded = false;
  isLoading = false;
  problem = null;

  /** The cursor of the catalog at the first answer. */
  cursor = null;

  // The tokens of all pages up to the first unknown one. The first page needs none; null is the end.
  #tokens = [undefined];
  #pages = [];
  #first = 0;
  #books = new Map();
  #abort = new AbortController();

  /** The shown books, each once. */
  get books() {
    return [...new Set(this.#pages.flat())].map((id) => this.#books.get(id));
  }

  get hasMore() {
    return this.#tokens[this.#first + this.#pages.length] !== null;
  }

  /** Whether all books of the query are shown. */
  get isWhole() {
    return this.isLoaded && !this.hasMore && !this.hasEarlier;
  }

  get hasEarlier() {
    return this.#first > 0;
  }

  /** How many books come before the shown ones. */
  get earlierCount() {
    return this.#first * PAGE_SIZE;
  }

  has(id) {
    return this.#books.has(id);
  }

  /** Gives up the request that is under way. Later ones are possible. */
  abort() {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  /** Reads the next page. Returns its first book, or undefined. */
  async more() {
    const books = await this.#load(this.#first + this.#pages.length);
    if (books) {
      this.isLoaded = true;
      this.#pages.push(books.map(({ id }) => id));
      if (this.#pages.length > MAX_PAGES) {
        this.#pages.shift();
        this.#first++;
      }
      this.#forgetOthers();
    }
    this.changed();
    return books?.[0];
  }

  /** Reads the page before the shown ones again. Returns its last book, or undefined. */
  async earlier() {
    const books = await this.#load(this.#first - 1);
    if (books) {
      this.#pages.unshift(books.map(({ id }) => id));
      this.#first--;
      this.#pages.splice(MAX_PAGES);
      this.#forgetOthers();
    }
    this.changed();
    return books?.at(-1);
  }

  /** Reads the shown pages again, because events were missed. Returns the books that are new among them. */
  async refresh() {
    const found = [];
    this.cursor = null;
    for (let index = this.#first; index < this.#first + this.#pages.length; index++) {
      found.push(...await this.#load(index) ?? []);
    }
    const shown = new Set(this.#pages.flat());
    this.#forgetOthers();
    this.changed();
    return found.filter(({ id }) => !shown.has(id));
  }

  /** Merges a newer document of a shown book. */
  merge(book) {
    const known = this.#books.get(book.id);
    if (known && !(known.version >= book.version)) {
      this.#books.set(book.id, book);
    }
  }

  /** Marks a shown book as removed. It stays where it is. */
  remove(id) {
    this.#books.set(id, { ...this.#books.get(id), isRemoved: true });
  }

  async #load(index) {
    const { signal } = this.#abort;
    this.isLoading = true;
    this.problem = null;
    this.changed();
    try {
      const parameters = { ...this.value, limit: PAGE_SIZE, page: this.#tokens[index] };
      const { body, cursor } = await read('/books', parameters, { signal });
      this.cursor ??= cursor;
      if (this.#tokens.length === index + 1) {
        this.#tokens.push(body.next ?? null);
      }
      body.items.forEach((book) => this.#take(book));
      return body.items;
    } catch (failure) {
      if (!signal.aborted) {
        this.problem = failure;
      }
      return undefined;
    } finally {
      this.isLoading = false;
    }
  }

  #take(book) {
    if (!(this.#books.get(book.id)?.version >= book.version)) {
      this.#books.set(book.id, book);
    }
  }

  #forgetOthers() {
    const shown = new Set(this.#pages.flat());
    [...this.#books.keys()].filter((id) => !shown.has(id)).forEach((id) => this.#books.delete(id));
  }
}
