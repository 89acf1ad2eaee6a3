// An event stream that is read by fetch, so that each byte counts, and that comes back by itself.

import { urlOf } from './api.js';
import { ReconnectDelay } from './reconnect-delay.js';
import { SseDecoder } from './sse-decoder.js';

/** A stream without any byte for so long is dead: heartbeats come every 15 s. In milliseconds. */
export const STREAM_SILENCE = 35_000;

const HEADERS_TIMEOUT = 10_000;

/** How long until a service that does not answer is asked again, in milliseconds; up to twice as long. */
const CHECK_AGAIN_AFTER = 2_000;

/** After a resume, this silence means that everything that was missed has come. In milliseconds. */
const CAUGHT_UP_AFTER = 250;

/**
 * Reads a stream until it is closed. `state` is one of `connecting`, `fetching` (connected, what was missed is still
 * coming), `live`, `stale` (no byte for 35 s) and `refused`; `since` tells from when on, `heardAt` when the last
 * byte came. The listener has four functions: `blocks(blocks)` takes what came, `changed()` is called when the state
 * has changed, `ended()` when the session is over; the stream is closed then. `check()` asks the service behind the
 * stream for anything and fails if it does not answer: the gateway opens a stream also while its service is away.
 */
export class EventStream {
  state = 'connecting';
  since = Date.now();
  heardAt = Date.now();

  #path;
  #listener;
  #connection = null;
  #closed = false;
  #delay = new ReconnectDelay();
  #silence = 0;
  #quiet = 0;
  #isCaughtUp = false;
  #isAnswered = false;
  #checked = null;

  constructor(path, lastId, listener) {
    this.#path = path;
    this.lastId = lastId;
    this.#listener = listener;
  }

  open() {
    addEventListener('online', this.#hurry);
    addEventListener('offline', this.#breakOff);
    document.addEventListener('visibilitychange', this.#hurryIfVisible);
    this.#watchSilence();
    this.#run();
  }

  close() {
    this.#closed = true;
    removeEventListener('online', this.#hurry);
    removeEventListener('offline', this.#breakOff);
    document.removeEventListener('visibilitychange', this.#hurryIfVisible);
    clearTimeout(this.#silence);
    clearTimeout(this.#quiet);
    this.#connection?.abort();
    this.#delay.end();
  }

  async #run() {
    while (!this.#closed) {
      const delay = await this.#connect();
      if (!this.#closed) {
        await this.#delay.wait(delay);
      }
    }
  }

  /** Reads one connection to its end. Returns for how many milliseconds to wait before the next one. */
  async #connect() {
    const connection = new AbortController();
    this.#connection = connection;
    this.#isAnswered = false;
    this.#isCaughtUp = false;
    const headersTimer = setTimeout(() => connection.abort(), HEADERS_TIMEOUT);
    let planned = false;
    try {
      const response = await fetch(urlOf(this.#path), {
        cache: 'no-store',
        headers: { Accept: 'text/event-stream', ...(this.lastId && { 'Last-Event-ID': this.lastId }) },
        signal: connection.signal,
      });
      clearTimeout(headersTimer);
      if (response.status !== 200) {
        return await this.#refused(response);
      }
      planned = await this.#read(response.body.getReader());
    } catch {
      // The connection is broken. The next one continues after the last id.
    } finally {
      clearTimeout(headersTimer);
      clearTimeout(this.#quiet);
      // Also ends a response that was not read to its end.
      connection.abort();
      this.#connection = null;
    }
    if (!this.#closed && this.state !== 'stale') {
      this.#show('connecting');
    }
    return planned ? this.#delay.planned() : this.#delay.afterFailure();
  }

  async #read(reader) {
    const decoder = new SseDecoder();
    let planned = false;
    for (;;) {
      const { value, done } = await reader.read();
      if (done || this.#closed) {
        return planned;
      }
      this.heardAt = Date.now();
      this.#watchSilence();
      const blocks = decoder.take(value);
      this.#delay.retry = decoder.retry ?? this.#delay.retry;
      planned ||= blocks.some((block) => block.event === 'end');
      this.#heard(blocks);
    }
  }

  /** Tells the listener, and finds out whether the service behind the gateway talks. */
  #heard(blocks) {
    const told = blocks.filter((block) => block.id !== undefined || block.data !== undefined);
    if (told.length > 0) {
      const resumed = this.lastId != null;
      this.#delay.succeeded();
      this.lastId = told.findLast((block) => block.id !== undefined)?.id ?? this.lastId;
      this.#listener.blocks(told);
      if (told.some(isSignOut)) {
        this.close();
        this.#listener.ended();
      } else if (this.state !== 'live') {
        this.#goOn(resumed, told.some((block) => block.data !== undefined) || (!resumed && isCursor(this.lastId)));
      }
    } else if (blocks.length > 0) {
      // The gateway keeps the connection while the service is away.
      this.#fallBack();
    }
  }

  /** The first block of a connection may be the gateway's own; what follows it is the service's. */
  #goOn(resumed, isOfService) {
    this.#isAnswered ||= isOfService || this.#checked === this.#connection;
    if (!this.#isAnswered) {
      this.#check();
    }
    clearTimeout(this.#quiet);
    this.#isCaughtUp = !resumed;
    if (resumed) {
      this.#show('fetching');
      this.#quiet = setTimeout(() => {
        this.#isCaughtUp = true;
        this.#showIfLive();
      }, CAUGHT_UP_AFTER);
    }
    this.#showIfLive();
  }

  #showIfLive() {
    if (this.#isCaughtUp && this.#isAnswered && this.#connection) {
      this.#show('live');
    }
  }

  #fallBack() {
    clearTimeout(this.#quiet);
    this.#isAnswered = false;
    this.#isCaughtUp = false;
    this.#show('connecting');
  }

  /** Asks the service until it answers, or until this connection is over. */
  async #check() {
    const connection = this.#connection;
    this.#checked = connection;
    while (this.#connection === connection && !this.#isAnswered) {
      try {
        await this.#listener.check();
        this.#isAnswered = this.#connection === connection;
        this.#showIfLive();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, CHECK_AGAIN_AFTER * (1 + Math.random())));
      }
    }
  }

  /** Makes sure of the service, because something else did not get an answer from it. */
  async doubt() {
    const connection = this.#connection;
    if (this.state !== 'live') {
      return;
    }
    try {
      await this.#listener.check();
    } catch {
      if (this.#connection === connection && this.state === 'live') {
        this.#isAnswered = false;
        this.#show('connecting');
        this.#check();
      }
    }
  }

  async #refused(response) {
    await response.body?.cancel();
    if (response.status === 401) {
      this.close();
      this.#listener.ended();
      return 0;
    }
    return this.#delay.afterRefusal(Number(response.headers.get('Retry-After')));
  }

  #watchSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#silent(), Math.max(0, this.heardAt + STREAM_SILENCE - Date.now()));
  }

  #silent() {
    this.#show('stale');
    this.#connection?.abort();
    this.#delay.end();
  }

  #hurry = () => {
    this.#delay.succeeded();
    this.#delay.end();
  };

  /** A timer of a hidden page, or of a machine that was asleep, may be late. */
  #hurryIfVisible = () => {
    if (document.visibilityState === 'visible') {
      if (Date.now() - this.heardAt > STREAM_SILENCE) {
        this.#silent();
      }
      this.#hurry();
    }
  };

  #breakOff = () => this.#connection?.abort();

  #show(state) {
    if (this.state !== state && !this.#closed) {
      this.state = state;
      this.since = state === 'stale' ? this.heardAt : Date.now();
      this.#listener.changed();
    }
  }
}

/** Until a service answers, the id of its stream is a time. */
export const isCursor = (id) => Boolean(id) && !/^\d{4}-\d\d-\d\dT/.test(id);

function isSignOut({ event, data }) {
  return event === 'end' && JSON.parse(data).reason === 'signed-out';
}
