// An event stream that is read by fetch, so that each byte counts, and that comes back by itself.

import { urlOf } from './api.js';
import { ReconnectDelay } from './reconnect-delay.js';
import { SseDecoder } from './sse-decoder.js';
import { StreamHealth } from './stream-health.js';

const HEADERS_TIMEOUT = 10_000;

/**
 * Reads a stream until it is closed. `health` tells its state. The listener has the functions `blocks(blocks)`, which
 * takes what came, `changed()`, called when the state has changed, `ended()`, called when the session is over (the
 * stream is closed then), and `check()` and `isShared` of StreamHealth.
 */
export class EventStream {
  #path;
  #listener;
  #connection = null;
  #closed = false;
  #delay = new ReconnectDelay();

  constructor(path, lastId, listener) {
    this.#path = path;
    this.lastId = lastId;
    this.#listener = listener;
    this.health = new StreamHealth({
      changed: () => listener.changed(),
      check: listener.check,
      isShared: listener.isShared,
      silent: () => {
        this.#connection?.abort();
        this.#delay.end();
      },
    });
  }

  open() {
    addEventListener('online', this.#hurry);
    addEventListener('offline', this.#breakOff);
    document.addEventListener('visibilitychange', this.#hurryIfVisible);
    this.health.watch();
    this.#run();
  }

  close() {
    this.#closed = true;
    removeEventListener('online', this.#hurry);
    removeEventListener('offline', this.#breakOff);
    document.removeEventListener('visibilitychange', this.#hurryIfVisible);
    this.health.close();
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
      this.health.connected(connection);
      planned = await this.#read(response.body.getReader());
    } catch {
      // The connection is broken. The next one continues after the last id.
    } finally {
      clearTimeout(headersTimer);
      // Also ends a response that was not read to its end.
      connection.abort();
      this.#connection = null;
      this.health.lost();
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
      this.health.heard();
      const blocks = decoder.take(value);
      this.#delay.retry = decoder.retry ?? this.#delay.retry;
      planned ||= blocks.some((block) => block.event === 'end');
      this.#heard(blocks);
    }
  }

  /** An id or data comes from the service, a comment alone from the gateway while the service is away. */
  #heard(blocks) {
    const told = blocks.filter((block) => block.id !== undefined || block.data !== undefined);
    if (told.length > 0) {
      const isResumed = this.lastId != null;
      this.#delay.succeeded();
      this.lastId = told.findLast((block) => block.id !== undefined)?.id ?? this.lastId;
      this.#listener.blocks(told);
      if (told.some(isSignOut)) {
        this.close();
        this.#listener.ended();
      } else {
        const hasData = told.some((block) => block.data !== undefined);
        this.health.told(isResumed, hasData || (!isResumed && isCursor(this.lastId)));
      }
    } else if (blocks.length > 0) {
      this.health.serviceLost();
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

  #hurry = () => {
    this.#delay.succeeded();
    this.#delay.end();
  };

  #hurryIfVisible = () => {
    if (document.visibilityState === 'visible') {
      this.health.lookAgain();
      this.#hurry();
    }
  };

  #breakOff = () => this.#connection?.abort();
}

/** Until a service answers, the id of its stream is a time. */
export const isCursor = (id) => Boolean(id) && !/^\d{4}-\d\d-\d\dT/.test(id);

function isSignOut({ event, data }) {
  return event === 'end' && JSON.parse(data).reason === 'signed-out';
}
