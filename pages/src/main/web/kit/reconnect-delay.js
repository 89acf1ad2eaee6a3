// How long a client waits before it connects again.

/** Until the server has said how long, in milliseconds. */
const DEFAULT_RETRY = 2_000;

const MAX_RETRY = 30_000;

/** The delay grows with each failure, is limited, and differs between clients. */
export class ReconnectDelay {
  /** What the server has asked for, in milliseconds. It draws it at random for each connection. */
  retry = DEFAULT_RETRY;

  #failures = 0;
  #end = null;

  succeeded() {
    this.#failures = 0;
  }

  /** After an end that the server has announced. */
  planned() {
    return this.retry;
  }

  afterFailure() {
    const delay = Math.min(MAX_RETRY, this.retry * 2 ** this.#failures);
    this.#failures = Math.min(10, this.#failures + 1);
    return delay * (0.75 + Math.random() / 4);
  }

  /** After a response whose `Retry-After` names so many seconds; 0 if it names none. */
  afterRefusal(seconds) {
    return seconds > 0 ? seconds * 1000 * (1 + Math.random() / 4) : this.afterFailure();
  }

  /** Waits, unless `end` is called meanwhile. */
  async wait(milliseconds) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#end = null;
  }

  end() {
    this.#end?.();
  }
}
