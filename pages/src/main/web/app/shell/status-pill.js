// How well the page is connected, and what waits to be sent.

import { html, nothing, svg } from 'lit';
import { PageElement } from '../../kit/element.js';
import { clock } from '../../kit/format.js';
import { connection } from '../../kit/connection.js';
import { outbox } from '../../kit/outbox.js';
import { keepReadings } from '../../kit/readings.js';
import { t } from '../../kit/words.js';
import './outbox-list.js';
import './sign-out-question.js';

/** A screen reader is told a line at most so often, in milliseconds. */
const SAID_EVERY = 5_000;

/** A state that is over sooner is not said: a stream that comes back at once. In milliseconds. */
const SAID_AFTER = 1_500;

/** A stream that comes in this time is just connecting, so that the header does not move. In milliseconds. */
const SHOWN_AS_RECONNECTING_AFTER = 1_000;

/** A first connection is not called a reconnection for so long, in milliseconds. */
const CONNECTING_TIME = 5_000;

/** What is sent at once is not shown as waiting, so that nothing moves for it. In milliseconds. */
const SHOWN_AS_WAITING_AFTER = 1_000;

const stateIcons = {
  idle: nothing,
  live: svg`<circle cx="8" cy="8" r="5"/>`,
  reconnecting: svg`<path d="M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3" class="stroke"/>`,
  offline: svg`<circle cx="8" cy="8" r="5" class="stroke"/><path d="M3 13 13 3" class="stroke"/>`,
  stale: svg`<circle cx="8" cy="8" r="6" class="stroke"/><path d="M8 4v4l3 2" class="stroke"/>`,
  'signed-out': svg`<path d="M6 3H3v10h3M6 8h7M10 5l3 3-3 3" class="stroke"/>`,
  waiting: svg`<path d="M8 13V4M4 8l4-4 4 4" class="stroke"/>`,
  refused: svg`<path d="M8 2 15 14H1ZM8 6v4M8 12v1" class="stroke"/>`,
};

class StatusPill extends PageElement {
  static properties = { said: { state: true } };

  #startedAt = Date.now();
  #saidAt = 0;
  #timer = 0;
  #waitTimer = 0;
  #connectTimer = 0;
  #wasLive = false;

  constructor() {
    super();
    this.said = '';
    this.watch(connection, outbox);
    keepReadings();
  }

  render() {
    const { state } = connection.value;
    this.#wasLive ||= state === 'live';
    const commands = outbox.value.filter((command) => command.state !== 'refused');
    const refused = outbox.value.length - commands.length;
    const waiting = this.#isWaiting(commands) ? commands.length : 0;
    return html`
      <span class="status-pill" data-state=${state}>${statusIcon(state)}<span>${this.#words()}</span></span>
      ${waiting ? this.#outboxButton('waiting', waiting) : nothing}
      ${refused ? this.#outboxButton('refused', refused) : nothing}
      <span class="visually-hidden" role="status">${this.said}</span>
      <lectern-outbox-list></lectern-outbox-list>`;
  }

  updated() {
    clearTimeout(this.#timer);
    const wait = Math.max(SAID_AFTER, this.#saidAt + SAID_EVERY - Date.now());
    this.#timer = setTimeout(() => this.#say(), wait);
  }

  /** Looks again when the first of them has waited long enough. */
  #isWaiting([first]) {
    clearTimeout(this.#waitTimer);
    const age = first ? Date.now() - Date.parse(first.occurredAt) : 0;
    if (first && age < SHOWN_AS_WAITING_AFTER) {
      this.#waitTimer = setTimeout(() => this.requestUpdate(), SHOWN_AS_WAITING_AFTER - age);
      return false;
    }
    return Boolean(first);
  }

  #say() {
    const parts = [...this.querySelectorAll('.status-pill:not([data-state="idle"])')];
    const line = parts.map((part) => part.textContent.trim()).join(', ');
    // That the page is live is news only after it was not.
    if (line !== this.said && !(this.said === '' && connection.value.state === 'live')) {
      this.#saidAt = Date.now();
      this.said = line;
    }
  }

  #outboxButton(state, count) {
    return html`
      <button type="button" class="status-pill" data-state=${state} aria-haspopup="dialog" @click=${this.#openOutbox}>
        ${statusIcon(state)}<span>${t(`live.${state}`, { count })}</span>
      </button>`;
  }

  #openOutbox() {
    this.querySelector('lectern-outbox-list').open();
  }

  #isConnecting(since) {
    clearTimeout(this.#connectTimer);
    const age = Date.now() - since;
    if (this.#wasLive && age < SHOWN_AS_RECONNECTING_AFTER) {
      this.#connectTimer = setTimeout(() => this.requestUpdate(), SHOWN_AS_RECONNECTING_AFTER - age);
      return true;
    }
    return !this.#wasLive && Date.now() - this.#startedAt < CONNECTING_TIME;
  }

  #words() {
    const { state, since, fetching } = connection.value;
    const time = clock(since);
    switch (state) {
      case 'reconnecting':
        if (fetching) {
          return t('live.fetching');
        }
        return this.#isConnecting(since) ? t('live.connecting') : t('live.reconnecting', { time });
      case 'signed-out':
        return t('live.signedOut');
      case 'idle':
        return t('live.connecting');
      default:
        return t(`live.${state}`, { time });
    }
  }
}

function statusIcon(state) {
  return html`<svg class="status-icon" viewBox="0 0 16 16" aria-hidden="true">${stateIcons[state]}</svg>`;
}

customElements.define('lectern-status-pill', StatusPill);
