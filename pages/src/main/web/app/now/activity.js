// How many readers read which book, minute by minute.

import { read } from '../../kit/api.js';
import { follow } from '../../kit/live.js';
import { Store } from '../../kit/store.js';

/** So many minutes are shown. */
export const ACTIVITY_MINUTES = 60;

/** A page of the list, and as many pages at most. */
const ACTIVITY_PAGE = 200;
const MAX_ACTIVITY_PAGES = 5;

/** As many books are kept, those read last. */
const MAX_ACTIVE_BOOKS = 100;

const MINUTE = 60_000;

/** The latest activity, kept up to date until it is closed. Its value is the readers by minute, by book. */
export class Activity extends Store {
  isLoaded = false;
  problem = null;

  /** The latest event of the stream. */
  latestEvent = null;

  /** The latest minute that is told, in milliseconds, or null. */
  latest = null;

  #subscription;

  constructor() {
    super(new Map());
    this.#subscription = follow('activity', {
      event: (event) => this.#apply(event),
      reset: () => this.load(),
    });
  }

  async open() {
    await this.#subscription.ready;
    await this.load();
    this.#subscription.start();
  }

  #apply(event) {
    this.latestEvent = event;
    if (this.#take(event.data)) {
      this.changed();
    }
  }

  close() {
    this.#subscription.close();
  }

  async load() {
    try {
      let page;
      for (let count = 0; count < MAX_ACTIVITY_PAGES; count++) {
        const { body } = await read('/activity', { limit: ACTIVITY_PAGE, page });
        body.items.forEach((item) => this.#take(item));
        page = body.next;
        if (!page || !this.#isShown(Date.parse(body.items.at(-1).minute))) {
          break;
        }
      }
      this.isLoaded = true;
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
    }
    this.changed();
  }

  /** The books that are read, most readers first: `{book, now, most, minutes}` with a number for each minute. */
  get books() {
    const books = [...this.value].map(([book, readers]) => this.#series(book, readers));
    return books.filter(({ most }) => most > 0).sort((one, other) => other.now - one.now || other.most - one.most);
  }

  /** The readers of all books in the latest minute. */
  get listening() {
    return this.books.reduce((sum, { now }) => sum + now, 0);
  }

  #series(book, readers) {
    const minutes = Array.from({ length: ACTIVITY_MINUTES },
      (_, index) => readers.get(this.latest - (ACTIVITY_MINUTES - 1 - index) * MINUTE) ?? 0);
    return { book, minutes, now: minutes.at(-1), most: Math.max(...minutes) };
  }

  #take({ minute, book, readers }) {
    const instant = Date.parse(minute);
    if (!this.#isShown(instant)) {
      return false;
    }
    this.latest = Math.max(this.latest ?? instant, instant);
    const known = this.value.get(book) ?? new Map();
    known.set(instant, readers);
    [...known.keys()].filter((one) => !this.#isShown(one)).forEach((one) => known.delete(one));
    this.value.set(book, known);
    this.#forget();
    return true;
  }

  #isShown(instant) {
    return this.latest === null || instant > this.latest - ACTIVITY_MINUTES * MINUTE;
  }

  #forget() {
    if (this.value.size > MAX_ACTIVE_BOOKS) {
      const last = ([, readers]) => Math.max(...readers.keys());
      const [oldest] = [...this.value].sort((one, other) => last(one) - last(other))[0];
      this.value.delete(oldest);
    }
  }
}
