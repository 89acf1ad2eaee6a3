// Which instant a page shows, in the address and while it is played.

import { instantText, parseInstant } from '../../kit/calendar.js';
import { setQuery } from '../../kit/router.js';
import { atSpeed, fittingSpeed, isOver, playback, shownAt, STILL_INTERVAL } from './playback.js';

/** How long the handle rests before the address and the service follow it, in milliseconds. */
const REST_TIME = 500;

/**
 * A reactive controller of Lit: `at` is the shown instant, null for now, `axis` the axis of time: where the reader
 * was, unless the address says `received`. The address has both, so that what is shown can be shared. The way into
 * the past is an entry for Back; steps within it are none.
 */
export class TimeTravel {
  at = null;
  axis = 'occurred';
  speed = null;
  isPlaying = false;

  /** The text of the address that is no instant, for example a cursor; undefined if there is none. */
  unknownAt;

  #host;
  #rested;
  #timer;
  #play = null;
  #frame;

  /**
   * @param rested called when the handle rests at an instant of the past
   */
  constructor(host, rested) {
    this.#host = host;
    this.#rested = rested;
    host.addController(this);
  }

  hostDisconnected() {
    clearTimeout(this.#timer);
    this.#stop();
  }

  /** Takes what the address says. */
  follow(query) {
    const text = query.get('at');
    const at = text === null ? null : parseInstant(text);
    this.axis = query.get('axis') === 'received' ? 'received' : 'occurred';
    this.unknownAt = Number.isNaN(at) ? text : undefined;
    const shown = at === null || Number.isNaN(at) || at >= Date.now() ? null : at;
    if (shown !== this.at || this.#timer === undefined) {
      this.#stop();
      this.at = shown;
      this.#timer = null;
      if (shown !== null) {
        this.#rested();
      }
    }
    this.#host.requestUpdate();
  }

  /** Shows an instant, null for now. It is the one that its text in the address names, to the microsecond. */
  move(at) {
    this.#stop();
    this.#show(at === null ? null : parseInstant(instantText(at)));
    this.#rest();
  }

  setAxis(axis) {
    this.axis = axis;
    this.#stop();
    this.#host.requestUpdate();
    this.#rest();
  }

  setSpeed(speed) {
    this.speed = speed;
    if (this.#play) {
      this.#play = atSpeed(this.#play, speed, performance.now());
    }
    this.#host.requestUpdate();
  }

  /** Plays from the shown instant, or from the first if now is shown; stops if it plays. */
  toggle(first) {
    if (this.isPlaying) {
      this.#stop();
      this.#rest();
      return;
    }
    const from = this.at ?? first;
    const now = Date.now();
    this.speed ??= fittingSpeed(now - first);
    this.#play = playback(from, now, this.speed, performance.now());
    this.isPlaying = true;
    this.#show(from);
    this.#next();
  }

  #next() {
    const step = () => {
      const time = performance.now();
      if (isOver(this.#play, time)) {
        this.move(null);
        return;
      }
      this.#show(shownAt(this.#play, time));
      this.#next();
    };
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#frame = isStill ? { timer: setTimeout(step, STILL_INTERVAL) } : { request: requestAnimationFrame(step) };
  }

  #stop() {
    clearTimeout(this.#frame?.timer);
    cancelAnimationFrame(this.#frame?.request);
    this.#play = null;
    this.isPlaying = false;
    this.#host.requestUpdate();
  }

  #show(at) {
    this.at = at;
    this.unknownAt = undefined;
    this.#host.requestUpdate();
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const wasNow = !new URLSearchParams(location.search).has('at');
      setQuery({
        at: this.at === null ? null : instantText(this.at),
        axis: this.axis === 'received' ? 'received' : null,
      }, { replace: !(wasNow && this.at !== null) });
      if (this.at !== null) {
        this.#rested();
      }
    }, REST_TIME);
  }
}
