// One reading with its history and its forecast, kept live. No DOM.

import { read, request } from '../../kit/api.js';
import { follow } from '../../kit/live.js';
import { onCommandDone } from '../../kit/outbox.js';
import { readerPath } from '../../kit/session.js';
import { Store } from '../../kit/store.js';
import { entryOf, patched } from './reading-events.js';

const HISTORY_PAGE = 200;

/** Older events than these are not loaded: the line would not show them any better. */
const MAX_HISTORY = 20_000;

/** How long the forecast waits for further events, in milliseconds. */
const FORECAST_DELAY = 1_500;

/**
 * A reading as it is now. `reading`, `entries` (its history, the newest first), `isComplete` (whether that is all of
 * it), `forecast`, `book`, `event` (the latest of the stream), and `problem` if the reading could not be read.
 * Subscribers are told about each change.
 */
export class ReadingModel extends Store {
  reading = null;
  entries = [];
  isComplete = false;
  forecast = null;
  book = null;
  event = null;
  problem = null;

  #id;
  #subscription;
  #stopAnswers;
  #timers = {};
  #end = new AbortController();
  #reads = 0;

  constructor(id) {
    super(id);
    this.#id = id;
  }

  /** The path of the reading in the API. */
  path(rest = '') {
    return readerPath(`/readings/${this.#id}${rest}`);
  }

  /** Reads the reading and follows it from then on. */
  async start() {
    this.#subscription = follow('reader', { event: (event) => this.#take(event), reset: () => this.#readAgain() });
    // The answer comes before the command leaves the outbox, so that no older place shows in between.
    this.#stopAnswers = onCommandDone(({ answer }) => answer.reading?.id === this.#id && this.apply(answer.reading));
    const seen = await this.#subscription.ready;
    if (!this.#end.signal.aborted) {
      await this.#readAll(seen);
      this.#subscription.start();
    }
  }

  /** Ends all requests and the subscription. */
  stop() {
    this.#end.abort();
    this.#subscription?.close();
    this.#stopAnswers?.();
    Object.values(this.#timers).forEach(clearTimeout);
  }

  /** Reads all of it again, for example after a failure. */
  async #readAll(seen) {
    const number = ++this.#reads;
    try {
      const { body } = await read(this.path(), { seen }, this.#options());
      this.problem = null;
      this.apply(body);
      this.#readForecast();
      this.#readBook(body.book.id);
      await this.#readHistory(() => number !== this.#reads);
    } catch (failure) {
      this.#failed(failure);
    }
  }

  #readAgain() {
    this.#later('again', 200, () => this.#readAll());
  }

  retry() {
    this.problem = null;
    this.changed();
    this.#readAll();
  }

  /** Takes a reading that an answer has shown, unless it is older. */
  apply(reading) {
    if (reading && (!this.reading || reading.version >= this.reading.version)) {
      this.reading = reading;
      this.changed();
    }
  }

  /** The reading as the service tells that it was at an instant. */
  async asOf(asOf, axis, signal) {
    return (await read(this.path(), { asOf, axis }, { signal })).body;
  }

  /** Changes the edition; fails with `stale-version` if the reading has changed meanwhile. */
  async changeEdition(edition) {
    const ifMatch = `"${this.reading.version}"`;
    const { body } = await request('PATCH', this.path(), { content: { edition }, ifMatch });
    this.apply(body);
  }

  /** What the finish would be at another pace. */
  async whatIf(perDay, signal) {
    const content = { commands: [], pace: { perDay } };
    return (await request('POST', this.path('/what-if'), { content, signal })).body.forecast;
  }

  async #readHistory(isOver) {
    const found = [];
    let page;
    let shown = 0;
    do {
      const { body } = await read(this.path('/history'), { limit: HISTORY_PAGE, page }, this.#options());
      if (isOver()) {
        return;
      }
      found.push(...body.items);
      page = body.next;
      const isEnd = !page || found.length >= MAX_HISTORY;
      // A long history is drawn a few times only while it comes.
      if (isEnd || found.length >= 2 * shown) {
        shown = found.length;
        this.#mergeEntries(found, isEnd);
      }
    } while (page && found.length < MAX_HISTORY);
  }

  #mergeEntries(found, isComplete) {
    const byVersion = new Map([...found, ...this.entries].map((entry) => [entry.version, entry]));
    this.entries = [...byVersion.values()].sort((a, b) => b.version - a.version);
    this.isComplete ||= isComplete;
    this.changed();
  }

  async #readForecast() {
    if (this.reading?.removed) {
      return;
    }
    try {
      this.forecast = (await read(this.path('/forecast'), {}, this.#options())).body;
      this.changed();
    } catch (failure) {
      this.#ignoreAbort(failure);
    }
  }

  async #readBook(id) {
    try {
      this.book ??= (await read(`/books/${id}`, {}, this.#options())).body;
      this.changed();
    } catch (failure) {
      // A book that was removed keeps its readings; only the choice of the edition is missing.
      this.#ignoreAbort(failure);
    }
  }

  #take(event) {
    if (event.reading !== this.#id) {
      return;
    }
    this.event = event;
    if (this.reading && event.version > this.reading.version) {
      this.reading = patched(this.reading, event.data);
    }
    const entry = entryOf(event, this.entries[0]);
    if (entry) {
      this.entries = [entry, ...this.entries];
    } else if (event.version > (this.entries[0]?.version ?? 0)) {
      this.#later('history', 300, () => this.#readLatest());
    }
    this.#later('forecast', FORECAST_DELAY, () => this.#readForecast());
    this.changed();
  }

  /** Reads the newest entries; all of them if too many are missing. */
  async #readLatest() {
    try {
      const { body } = await read(this.path('/history'), { limit: 20 }, this.#options());
      const isJoined = body.items.at(-1).version <= (this.entries[0]?.version ?? 0) + 1;
      if (isJoined) {
        this.#mergeEntries(body.items, false);
      } else {
        await this.#readHistory(() => false);
      }
    } catch (failure) {
      this.#ignoreAbort(failure);
    }
  }

  #later(name, delay, action) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(action, delay);
  }

  #options() {
    return { signal: this.#end.signal };
  }

  #failed(failure) {
    if (!this.#end.signal.aborted) {
      this.problem = failure;
      this.changed();
    }
  }

  #ignoreAbort(failure) {
    if (!this.#end.signal.aborted && failure.name !== 'ProblemError') {
      throw failure;
    }
  }
}
