// The axis of time of a reading, with its one handle.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { parseInstant } from '../../kit/calendar.js';
import { clamp, shapePath } from '../../kit/chart.js';
import { t } from '../../kit/words.js';
import { pointed, stepFrom } from './instants.js';
import { measuresOf } from './picture.js';
import './picture-view.js';
import { instantWords } from './place-words.js';
import { devicesOf } from './track.js';

/** How close to now the pointer is at now, in pixels. */
const NOW_REACH = 6;

/** The properties that the drawing shows; the handle is not part of it. */
const DRAWN = ['stops', 'now', 'zone', 'forecast', 'finishBy', 'assumed', 'isOpen', 'width'];

/** How often the value is said while the past is played, in milliseconds. */
const SPOKEN_PERIOD = 5_000;

/** Keys of the handle: which step, and in which direction. */
const KEYS_OF_TIME = {
  ArrowLeft: ['event', -1], ArrowDown: ['event', -1], ArrowRight: ['event', 1], ArrowUp: ['event', 1],
  PageUp: ['week', -1], PageDown: ['week', 1], Home: ['end', -1], End: ['end', 1],
};

/**
 * Shows the past and the future of a reading. Fires `instant` with the instant to which the handle was moved, null
 * for now, `pace` with the part of the book in a day that the reader has drawn beyond now, and `play` when the reader
 * wants to see the past played or to stop it.
 *
 * Properties: `stops` of the track, `state` that is shown, `at`, `now`, `zone`, `forecast`, `finishBy`, `assumed`
 * (`{finish}` at an assumed pace), `isOpen`, `isLoading`, `isPlaying`.
 */
class Timeline extends PageElement {
  static properties = {
    stops: { attribute: false }, state: { attribute: false }, at: { attribute: false }, now: { attribute: false },
    zone: {}, forecast: { attribute: false }, finishBy: {}, assumed: { attribute: false },
    isOpen: { type: Boolean }, isLoading: { type: Boolean }, isPlaying: { type: Boolean }, width: { state: true },
  };

  #observer = new ResizeObserver(([{ contentRect }]) => (this.width = Math.round(contentRect.width)));

  /** What is drawn, and its measures: the same objects as long as nothing of it changes. */
  #data = null;

  #measures = null;

  #ahead;

  #lastSpoken = { time: -Infinity };

  /** The pointer that draws a pace, and how far the future reached when it began: the picture must hold still. */
  #drawing = null;

  constructor() {
    super();
    this.stops = [];
    this.at = null;
    this.now = Date.now();
    this.width = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  willUpdate(changed) {
    if (DRAWN.some((name) => changed.has(name))) {
      const { stops, zone, forecast, finishBy, assumed, isOpen } = this;
      this.#data = { stops, devices: devicesOf(stops), zone, forecast, finishBy, assumed, isOpen };
      this.#measures = this.width > 0 ? this.#measure() : null;
    }
  }

  render() {
    const measures = this.#measures;
    const first = this.stops[0]?.at ?? this.now;
    const at = this.at === null ? null : clamp(this.at, first, this.now);
    const spoken = this.#spoken(at, first);
    return html`
      <div class="timeline-picture" @pointerdown=${this.#press} @pointermove=${this.#draw}
        @pointerup=${this.#drawn} @pointercancel=${this.#drawn}>
        <lectern-timeline-picture .measures=${measures} .data=${this.#data} .at=${at}></lectern-timeline-picture>
        <div class="timeline-handle" role="slider" tabindex="0" aria-label=${t('timeline.handle')}
          aria-orientation="horizontal" aria-valuemin="0" aria-valuemax=${Math.round((this.now - first) / 1000)}
          aria-valuenow=${spoken.seconds} aria-valuetext=${spoken.words}
          aria-busy=${this.isLoading ? 'true' : 'false'} aria-describedby="timeline-keys"
          @keydown=${this.#key} @pointermove=${this.#drag}><span class="timeline-knob"></span></div>
      </div>
      <p id="timeline-keys" class="quiet small timeline-keys">${t('timeline.keys')}</p>
      ${this.#legend()}`;
  }

  updated() {
    const handle = this.querySelector('.timeline-handle');
    if (this.#measures) {
      const { x, y, height, margin } = this.#measures;
      handle.style.setProperty('--x', `${x(clamp(this.at ?? this.now, this.#measures.first, this.now))}px`);
      handle.style.setProperty('--y', `${y(this.state?.position?.fraction ?? 0) - margin.top + 8}px`);
      handle.style.setProperty('--top', `${margin.top - 8}px`);
      handle.style.setProperty('--length', `${height - margin.top - margin.bottom + 8}px`);
    }
  }

  #measure() {
    const { forecast, finishBy, assumed, isOpen } = this;
    const ends = [forecast?.latest ?? forecast?.expected, finishBy].filter(Boolean).map(parseInstant);
    const ahead = this.#drawing?.ahead ?? Math.max(...ends, assumed?.finish ?? -Infinity);
    this.#ahead = ahead;
    return measuresOf({
      width: this.width, height: this.width < 520 ? 250 : 340, first: this.stops[0]?.at ?? this.now, now: this.now,
      ahead: isOpen && Number.isFinite(ahead) ? ahead : null, isOpen,
    });
  }


  /** The value for readers of the screen. While it is played they hear it now and then, not sixty times a second. */
  #spoken(at, first) {
    const time = performance.now();
    if (!this.isPlaying || time >= this.#lastSpoken.time + SPOKEN_PERIOD) {
      const seconds = Math.round(((at ?? this.now) - first) / 1000);
      this.#lastSpoken = { time, seconds, words: this.#words() };
    }
    return this.#lastSpoken;
  }

  #words() {
    const { at, zone, now, state } = this;
    return instantWords({ at, zone, now, state: state ?? {}, hasBegun: Boolean(state) });
  }

  /** Which shape is which device. Colours only repeat what the shapes say. */
  #legend() {
    const { devices } = this.#data;
    return devices.length === 0 ? nothing : html`
      <ul class="plain-list timeline-legend small quiet" aria-label=${t('timeline.devices')}>
        ${devices.slice(0, 8).map((device, index) => html`
          <li><svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12">
              <path class="mark device-${index % 5}" d=${shapePath(index, 6, 6, 4)}></path></svg>
            <span dir="auto">${device.name ?? (device.id || t('timeline.noDevice'))}</span></li>`)}
      </ul>`;
  }

  #key(event) {
    if (event.key === ' ') {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('play'));
      return;
    }
    if (event.key === 'Escape' && this.at !== null) {
      this.#move(null);
      return;
    }
    const [step, direction] = KEYS_OF_TIME[event.key] ?? [];
    if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const wanted = event.shiftKey && step === 'event' ? 'day' : step;
      this.#move(stepFrom(this.stops, this.at, wanted, direction, this.now, this.zone));
    }
  }

  #press(event) {
    if (event.button !== 0 || !this.#measures) {
      return;
    }
    if (this.#instantOf(event) > this.now + this.#reach() * 4) {
      this.#startDrawing(event);
      return;
    }
    event.preventDefault();
    const handle = this.querySelector('.timeline-handle');
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    this.#movePointed(event);
  }

  #drag(event) {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      this.#movePointed(event);
    }
  }

  #movePointed(event) {
    this.#move(pointed(this.#instantOf(event), this.stops[0]?.at ?? this.now, this.now, this.#reach()));
  }

  #startDrawing(event) {
    if (this.isOpen && this.at === null) {
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      this.#drawing = { pointer: event.pointerId, ahead: this.#ahead };
      this.#draw(event);
    }
  }

  /** The pace whose line goes through the pointer. */
  #draw(event) {
    if (this.#drawing?.pointer !== event.pointerId) {
      return;
    }
    const days = (this.#instantOf(event) - this.now) / 86_400_000;
    const { top } = this.querySelector('.timeline-picture').getBoundingClientRect();
    const gain = this.#measures.y.invert(event.clientY - top) - (this.state?.position?.fraction ?? 0);
    if (days > 0) {
      this.dispatchEvent(new CustomEvent('pace', { detail: Math.max(gain, 0) / days }));
    }
  }

  #drawn(event) {
    if (this.#drawing?.pointer === event.pointerId) {
      this.#drawing = null;
    }
  }

  #instantOf(event) {
    const { left } = this.querySelector('.timeline-picture').getBoundingClientRect();
    return this.#measures.x.invert(event.clientX - left);
  }

  /** The length of time of a few pixels. */
  #reach() {
    return this.#measures.x.invert(NOW_REACH) - this.#measures.x.invert(0);
  }

  #move(at) {
    if (at !== this.at) {
      this.dispatchEvent(new CustomEvent('instant', { detail: at }));
    }
  }
}

customElements.define('lectern-timeline', Timeline);
