// What happens to the catalog while a list of it is shown.

import { follow } from '../../kit/live.js';

/** The newest books are kept to be shown; more than these are only counted. */
const MAX_NEW = 50;

/** As many books change in a frame, so that the page stays quick to answer while many change. */
const MAX_CHANGES = 20;

/**
 * Follows the catalog for a list of books. Changes are passed on once a frame, a few at a time, and only the last one
 * of each shown book is kept until then.
 */
export class CatalogChanges {
  /** The number of books added since the list was read that belong to the query. */
  count = 0;

  /** The newest of them by id. */
  added = new Map();

  #pending = new Map();
  #frame = 0;
  #subscription;

  /**
   * @param isShown whether a book, by its id, is shown
   * @param belongs whether a document belongs to the query
   * @param changed called with the events of shown books by their id, empty if only new books have come
   * @param missed called if events were missed
   */
  constructor({ isShown, belongs, changed, missed }) {
    this.isShown = isShown;
    this.belongs = belongs;
    this.changed = changed;
    this.#subscription = follow('catalog', { event: (event) => this.#take(event), reset: missed });
  }

  /** Starts with the events after a cursor of the catalog. Returns false if some may be missing between. */
  async start(cursor) {
    const seen = await this.#subscription.ready;
    this.#subscription.start();
    return seen === cursor;
  }

  /** Counts a new book. */
  add(book) {
    this.count++;
    this.added.set(book.id, book);
    if (this.added.size > MAX_NEW) {
      this.added.delete(this.added.keys().next().value);
    }
  }

  /** Forgets the new books, because they are shown now or belong to another query. */
  clear() {
    this.count = 0;
    this.added = new Map();
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#subscription.close();
  }

  #take(event) {
    const { type, book, data } = event;
    if (this.isShown(book)) {
      this.#pending.set(book, event);
    } else if (type === 'book-added' && !this.added.has(book) && this.belongs(data)) {
      this.add(data);
    } else if (type === 'book-changed' && this.added.has(book)) {
      this.added.set(book, data);
    } else if (type === 'book-removed' && this.added.delete(book)) {
      this.count--;
    } else {
      return;
    }
    this.#frame ||= requestAnimationFrame(() => this.#flush());
  }

  #flush() {
    const events = new Map([...this.#pending].slice(0, MAX_CHANGES));
    events.forEach((_, id) => this.#pending.delete(id));
    this.#frame = this.#pending.size > 0 ? requestAnimationFrame(() => this.#flush()) : 0;
    this.changed(events);
  }
}
