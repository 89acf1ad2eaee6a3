// One part of a page that follows an event stream.

import { isCursor } from './event-stream.js';

/** How long `ready` waits for a stream that does not answer, in milliseconds. */
const READY_TIMEOUT = 3_000;

/** As many events wait for `start()`; if there are more, the page is asked to read again. */
const MAX_QUEUED_EVENTS = 5_000;

/** What `follow` returns; see there. */
export class StreamSubscription {
  #resolve;
  #isReady = false;
  #isLate = false;
  #isStarted = false;
  #isIncomplete = false;
  #queue = [];
  #listener;
  #closed;

  constructor(name, listener, closed) {
    this.name = name;
    this.ready = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#listener = { reset: () => {}, ...listener };
    this.#closed = closed;
    setTimeout(() => this.#giveUp(), READY_TIMEOUT);
  }

  /** Takes the id up to which the stream has come; undefined for a stream without ids. */
  learn(id) {
    if (!this.#isReady) {
      this.#beReady(id);
    } else if (this.#isLate) {
      // What was read meanwhile may be older than the stream.
      this.#isLate = false;
      this.missed('connected');
    }
  }

  deliver(event) {
    if (this.#isStarted) {
      this.#listener.event(event);
    } else if (this.#queue.length < MAX_QUEUED_EVENTS) {
      this.#queue.push(event);
    } else {
      this.#isIncomplete = true;
    }
  }

  /** Tells that events were missed. */
  missed(reason) {
    if (this.#isStarted) {
      this.#listener.reset(reason);
    } else {
      this.#isIncomplete ||= this.#isReady;
    }
  }

  start() {
    const queue = this.#queue;
    this.#queue = [];
    this.#isStarted = true;
    if (this.#isIncomplete) {
      this.#listener.reset('missed');
    } else {
      queue.forEach((event) => this.#listener.event(event));
    }
  }

  close() {
    this.#listener = { event: () => {}, reset: () => {} };
    this.#closed(this);
  }

  /** An id that is a time is none that a read could wait for. */
  #beReady(id) {
    this.#isReady = true;
    this.#resolve(isCursor(id) ? id : undefined);
  }

  #giveUp() {
    if (!this.#isReady) {
      this.#isLate = true;
      this.#beReady(undefined);
    }
  }
}
