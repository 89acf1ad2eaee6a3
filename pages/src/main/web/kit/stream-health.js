// What an event stream is worth at the moment.

/** A stream without any byte for so long is dead: heartbeats come every 15 s. In milliseconds. */
export const STREAM_SILENCE = 35_000;

/** How long until a service that does not answer is asked again, in milliseconds; up to twice as long. */
const CHECK_AGAIN_AFTER = 2_000;

/** A service that is doubted counts as away if it does not answer for so long, in milliseconds. */
const DOUBT_TIMEOUT = 3_000;

/** After a resume, this silence means that everything that was missed has come. In milliseconds. */
const CAUGHT_UP_AFTER = 250;

/**
 * The state of a stream: `connecting`, `fetching` (connected, what was missed is still coming), `live`, or `stale` (no
 * byte for 35 s). `since` tells from when on, `heardAt` when the last byte came. The gateway opens a stream also
 * while its service is away, so a stream is live only after the service itself has been heard.
 */
export class StreamHealth {
  state = 'connecting';
  since = Date.now();
  heardAt = Date.now();

  #host;
  #connection = null;
  #isCaughtUp = false;
  #isAnswered = false;
  #checked = null;
  #timers = {};

  /**
   * The host has the functions `changed()`, `silent()`, called when the connection is to be given up, and `check()`,
   * which asks the service for anything and fails if it does not answer. `isShared` tells that the gateway sends the
   * heartbeats, whether or not the service is there.
   */
  constructor(host) {
    this.#host = host;
  }

  /** A connection begins; any object stands for it. */
  connected(connection) {
    this.#connection = connection;
    this.watch();
  }

  /** The connection is over. */
  lost() {
    clearTimeout(this.#timers.quiet);
    this.#connection = null;
    this.#isAnswered = false;
    this.#isCaughtUp = false;
    if (this.state !== 'stale') {
      this.#show('connecting');
    }
  }

  /** Bytes have come. */
  heard() {
    this.heardAt = Date.now();
    this.watch();
  }

  /** Something of the stream has come; `isOfService` if only the service can have sent it. */
  told(isResumed, isOfService) {
    if (this.state === 'live') {
      return;
    }
    // The first block of a connection may be the gateway's own.
    const isFirst = this.#checked !== this.#connection;
    this.#isAnswered ||= isOfService || (!isFirst && !this.#host.isShared);
    if (!this.#isAnswered && isFirst) {
      this.#check();
    }
    clearTimeout(this.#timers.quiet);
    this.#isCaughtUp = !isResumed;
    if (isResumed) {
      this.#show(this.#isAnswered ? 'fetching' : 'connecting');
      this.#timers.quiet = setTimeout(() => {
        this.#isCaughtUp = true;
        this.#showIfLive();
      }, CAUGHT_UP_AFTER);
    }
    this.#showIfLive();
  }

  /** The gateway keeps the connection, but the service is away. */
  serviceLost() {
    clearTimeout(this.#timers.quiet);
    this.#checked = this.#connection;
    this.#isAnswered = false;
    this.#isCaughtUp = false;
    this.#show('connecting');
  }

  /** Makes sure of the service, because something else did not get an answer from it. */
  async doubt() {
    const connection = this.#connection;
    if (this.state !== 'live') {
      return;
    }
    const tooLate = new Promise((_, reject) => setTimeout(reject, DOUBT_TIMEOUT));
    try {
      await Promise.race([this.#host.check(), tooLate]);
    } catch {
      if (this.#connection === connection && this.state === 'live') {
        this.#isAnswered = false;
        this.#show('connecting');
        this.#check();
      }
    }
  }

  /** Looks again in time whether the stream is silent. */
  watch() {
    clearTimeout(this.#timers.silence);
    this.#timers.silence = setTimeout(() => this.#silent(), STREAM_SILENCE);
  }

  /** A timer of a hidden page, or of a machine that was asleep, may be late. */
  lookAgain() {
    if (Date.now() - this.heardAt > STREAM_SILENCE) {
      this.#silent();
    }
  }

  close() {
    this.#connection = null;
    this.#host = { ...this.#host, changed: () => {} };
    Object.values(this.#timers).forEach(clearTimeout);
  }

  #silent() {
    this.#show('stale');
    this.#host.silent();
  }

  /** Asks the service until it answers, or until this connection is over. */
  async #check() {
    const connection = this.#connection;
    this.#checked = connection;
    while (connection && this.#connection === connection && !this.#isAnswered) {
      try {
        await this.#host.check();
        this.#isAnswered = this.#connection === connection;
        this.#showIfLive();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, CHECK_AGAIN_AFTER * (1 + Math.random())));
      }
    }
  }

  #showIfLive() {
    if (this.#isCaughtUp && this.#isAnswered && this.#connection) {
      this.#show('live');
    }
  }

  #show(state) {
    if (this.state !== state) {
      this.state = state;
      this.since = state === 'stale' ? this.heardAt : Date.now();
      this.#host.changed();
    }
  }
}
