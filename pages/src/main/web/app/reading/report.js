// Tells where the reader is: a slider, a number and a page of the edition.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { percent } from '../../kit/format.js';
import { outbox, pending, sendCommand } from '../../kit/outbox.js';
import { t } from '../../kit/words.js';
import { deviceName } from '../timeline/place-words.js';
import { thisDevice } from './device.js';
import { keptCount } from './kept.js';
import '../shell/problem.js';

/** How long keys settle before the report is sent, in milliseconds. */
const SETTLE_TIME = 600;

/**
 * Reports the place of `reading`. While the reader uses it, a report from elsewhere moves nothing here; it is
 * offered instead. Fires `answered` with the answer of the service.
 */
class Report extends PageElement {
  static properties = {
    reading: { attribute: false }, draft: { state: true }, offer: { state: true }, problem: { state: true },
    note: { state: true },
  };

  #timer;
  #isPressed = false;
  #sending = 0;
  /** The version of the reading up to which positions are taken or offered already. */
  #version = 0;
  #shown = null;

  constructor() {
    super();
    this.draft = null;
    this.offer = null;
    this.problem = null;
    this.note = '';
    this.watch(outbox);
    this.addEventListener('focusout', (event) => this.#left(event));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#flush();
  }

  willUpdate(changed) {
    if (changed.has('reading') && this.reading && this.reading.version > this.#version) {
      this.#take(this.reading);
    }
  }

  /** Takes the place that the service tells, or offers it if this element is in use. */
  #take({ position, version }) {
    const before = this.#shown;
    this.#version = version;
    const isOwn = position?.device?.id === thisDevice().id;
    const isNews = position && before && position.occurredAt !== before.occurredAt && !isOwn;
    if (this.#isInUse() && before) {
      this.offer = isNews ? position : this.offer;
      if (!isNews && this.draft === null) {
        this.#shown = position;
      }
    } else {
      this.#shown = this.#waiting() ?? position ?? { fraction: 0 };
      this.offer = null;
    }
  }

  /** The place of a report that waits, perhaps since an earlier visit. */
  #waiting() {
    const { pages, id } = this.reading;
    const waiting = pending(id);
    return waiting && { ...waiting, fraction: waiting.fraction ?? (pages ? Math.min(1, waiting.page / pages) : 0) };
  }

  #isInUse() {
    return this.#isPressed || this.draft !== null || this.#sending > 0 || this.contains(document.activeElement);
  }

  render() {
    const fraction = this.draft?.fraction ?? this.#shown?.fraction ?? 0;
    const { pages } = this.reading;
    const percents = Math.round(fraction * 1000) / 10;
    const isKept = keptCount(this.reading.id, this, (type) => type === 'report') > 0;
    return html`
      <form class="report" @submit=${this.#submit} @keydown=${this.#key}>
        <label for="report-slider" class="visually-hidden">${t('reading.slider')}</label>
        <input id="report-slider" type="range" min="0" max="100" step="1"
          .value=${String(Math.round(fraction * 100))} aria-valuetext=${this.#words(fraction)}
          @pointerdown=${this.#press} @pointercancel=${this.#release} @pointerup=${this.#release}
          @input=${this.#slide} @change=${this.#release}>
        <div class="report-fields">
          <span class="pair"><label for="report-percent">${t('reading.percent')}</label>
          <input id="report-percent" type="number" min="0" max="100" step="any" inputmode="decimal"
            .value=${this.draft?.typed === 'percent' ? this.draft.text : String(percents)}
              @input=${this.#typePercent}></span>
          ${pages ? html`
            <span class="pair"><label for="report-page">${t('reading.page', { pages })}</label>
            <input id="report-page" type="number" min="0" max=${pages} step="1" inputmode="numeric"
              .value=${this.draft?.typed === 'page' ? this.draft.text : String(this.#page(fraction, pages))}
              @input=${this.#typePage}></span>` : nothing}
        </div>
      </form>
      <p class="report-note small quiet" role="status">${isKept ? t('reading.kept') : this.note}</p>
      ${this.offer ? html`
        <p class="report-offer" role="status">
          <span dir="auto">${t('reading.offer', {
            device: deviceName(this.offer.device) || t('reading.otherDevice'),
            place: percent(this.offer.fraction),
          })}</span>
          <button type="button" @click=${this.#takeOffer}>${t('reading.takeOffer')}</button>
          <button type="button" class="button-quiet" @click=${() => (this.offer = null)}>
            ${t('reading.dismiss')}</button>
        </p>` : nothing}
      <lectern-problem .problem=${this.problem}></lectern-problem>`;
  }

  #page(fraction, pages) {
    const shown = this.draft === null ? this.#shown?.page : undefined;
    return shown ?? Math.round(fraction * pages);
  }

  #words(fraction) {
    const { pages } = this.reading;
    const page = pages && t('timeline.page', { page: Math.round(fraction * pages) });
    return page ? `${percent(fraction)}, ${page}` : percent(fraction);
  }

  #press() {
    this.#isPressed = true;
    clearTimeout(this.#timer);
  }

  #slide(event) {
    this.#edit({ fraction: Number(event.target.value) / 100 });
  }

  /** The pointer has let go; keys come here at each press and settle. */
  #release() {
    if (this.#isPressed) {
      this.#isPressed = false;
      this.#flush();
    }
  }

  #typePercent({ target }) {
    const isValid = target.value !== '' && target.validity.valid;
    const fraction = isValid ? Math.round(target.value * 1e4) / 1e6 : undefined;
    this.#edit({ typed: 'percent', text: target.value, fraction });
  }

  #typePage({ target }) {
    const isValid = target.value !== '' && target.validity.valid;
    const page = isValid ? Number(target.value) : undefined;
    this.#edit({ typed: 'page', text: target.value, page, fraction: isValid ? page / this.reading.pages : undefined });
  }

  #edit(draft) {
    this.draft = draft;
    this.note = draft.fraction === undefined ? t('reading.notANumber', { pages: this.reading.pages ?? 0 }) : '';
    clearTimeout(this.#timer);
    // Digits are typed slowly, and a number that is half typed is another place.
    if (!this.#isPressed && !draft.typed) {
      this.#timer = setTimeout(() => this.#flush(), SETTLE_TIME);
    }
  }

  /** A form of several fields without a button is not submitted by Enter. */
  #key(event) {
    if (event.key === 'Enter') {
      this.#submit(event);
    } else if (event.key === 'Escape' && this.draft) {
      clearTimeout(this.#timer);
      this.draft = null;
      this.note = '';
    }
  }

  #submit(event) {
    event.preventDefault();
    this.#flush();
  }

  #left({ relatedTarget }) {
    this.#flush();
    if (!this.contains(relatedTarget) && this.draft?.fraction === undefined) {
      this.draft = null;
      this.note = '';
    }
  }

  #flush() {
    clearTimeout(this.#timer);
    const { fraction, page } = this.draft ?? {};
    if (fraction === undefined || (page === undefined && fraction === this.#shown?.fraction)) {
      this.draft = fraction === undefined ? this.draft : null;
      return;
    }
    this.#send(page === undefined ? { fraction } : { page });
  }

  async #send(place) {
    const draft = this.draft;
    this.#shown = { ...place, fraction: draft.fraction };
    this.draft = null;
    this.#sending++;
    this.problem = null;
    this.note = t('reading.sending');
    try {
      const answer = await sendCommand({ type: 'report', reading: this.reading.id, ...place, device: thisDevice() });
      this.#answered(answer);
    } catch (failure) {
      this.problem = failure;
      this.note = '';
      this.#shown = this.reading.position ?? { fraction: 0 };
    } finally {
      this.#sending--;
    }
  }

  #answered(answer) {
    const place = answer.reading?.position?.fraction;
    const isMoved = answer.moved !== false;
    this.note = isMoved ? t('reading.reported', { place: percent(place ?? this.#shown.fraction) })
      : t(`reading.unmoved.${answer.reason}`, { place: percent(place ?? 0) });
    if (this.draft === null && answer.reading && !this.#isPressed) {
      this.#shown = answer.reading.position ?? this.#shown;
      this.#version = Math.max(this.#version, answer.reading.version);
      this.requestUpdate();
    }
    this.offer = null;
    this.dispatchEvent(new CustomEvent('answered', { detail: answer }));
  }

  #takeOffer() {
    this.#shown = this.reading.position ?? this.offer;
    this.draft = null;
    this.offer = null;
    this.querySelector('#report-slider').focus();
  }
}

customElements.define('lectern-report', Report);
