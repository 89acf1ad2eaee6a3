// When a reading will be finished: the forecast, and another pace.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { parseInstant } from '../../kit/calendar.js';
import { number, percent } from '../../kit/format.js';
import { t } from '../../kit/words.js';
import { finishAt, PACE_STEPS, paceOf, stepOf } from './pace.js';
import { zoned } from './zoned.js';
import '../shell/problem.js';
import './plan-form.js';

/** How long the slider settles before the service is asked, in milliseconds. */
const ASK_DELAY = 250;

/** A pace without a forecast: a book in two months. */
const USUAL_PACE = 1 / 60;

/**
 * The future of the reading of `model`, a ReadingModel. Fires `assumed` with `{perDay, finish}` when the reader tries
 * another pace, null when no longer.
 */
class Future extends PageElement {
  static properties = {
    model: { attribute: false }, reading: { attribute: false }, forecast: { attribute: false }, zone: {},
    step: { state: true }, told: { state: true }, problem: { state: true },
  };

  #timer;
  #request;

  constructor() {
    super();
    this.step = null;
    this.told = null;
    this.problem = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  willUpdate(changed) {
    const before = changed.get('reading');
    if (before && before.status !== this.reading.status && this.step !== null) {
      this.step = this.told = null;
      this.#tell();
    }
  }

  render() {
    const { forecast } = this;
    if (!forecast) {
      return html`<p class="quiet" role="status">${t('timeline.forecastWaits')}</p>`;
    }
    return html`
      <p>${this.#sentence(forecast)}</p>
      ${this.reading.status === 'reading' ? html`
        ${this.#pace(forecast)}
        <lectern-plan-form .model=${this.model} .reading=${this.reading} .plan=${forecast.plan} .zone=${this.zone}>
        </lectern-plan-form>` : nothing}
      <lectern-problem .problem=${this.problem}></lectern-problem>`;
  }

  #sentence({ state, reason, since, expected, earliest, latest, probability, basis }) {
    const date = (text) => this.#date(parseInstant(text));
    if (state === 'expected' && earliest) {
      const range = latest
        ? t('timeline.forecast.range', { from: date(earliest), to: date(latest), chance: percent(probability) })
        : t('timeline.forecast.open', { from: date(earliest) });
      const reports = basis ? ` ${t('timeline.forecast.basis', { count: basis.reports })}` : '';
      return html`<strong>${t('timeline.forecast.expected', { date: date(expected) })}</strong> ${range}${reports}`;
    }
    const name = state === 'too-little-to-tell' ? `reasons.${reason}` : `states.${state}`;
    return t(`timeline.forecast.${name}`, { date: since ? date(since) : '' });
  }

  #pace({ pace }) {
    const { pages } = this.reading;
    const step = this.step ?? stepOf(pace?.perDay ?? USUAL_PACE);
    const perDay = this.step === null && pace ? pace.perDay : paceOf(step);
    return html`
      <div class="pace">
        <label for="pace-slider">${t('timeline.pace.label')}</label>
        <input id="pace-slider" type="range" min="0" max=${PACE_STEPS} step="1" .value=${String(step)}
          aria-valuetext=${this.#paceWords(perDay, pages)} @input=${this.#slide}>
        <output for="pace-slider">${this.#paceWords(perDay, pages)}</output>
        ${this.step === null ? nothing : html`
          <p class="pace-answer" role="status">${this.#answer()}
            <button type="button" class="button-quiet" @click=${this.#reset}>${t('timeline.pace.reset')}</button></p>`}
      </div>`;
  }

  #paceWords(perDay, pages) {
    const share = t('timeline.pace.share', { share: number(Math.round(perDay * 1000) / 10) });
    const count = pages && number(Math.max(1, Math.round(perDay * pages)));
    return count ? t('timeline.pace.withPages', { share, pages: count }) : share;
  }

  #answer() {
    const expected = this.forecast.expected && parseInstant(this.forecast.expected);
    const finish = this.#finish();
    if (this.told && !this.told.expected) {
      return this.#sentence(this.told);
    }
    const date = this.#date(finish);
    return expected ? t('timeline.pace.instead', { date, expected: this.#date(expected) })
      : t('timeline.pace.finish', { date });
  }

  #finish() {
    const { position } = this.reading;
    return this.told?.expected ? parseInstant(this.told.expected)
      : finishAt(position?.fraction ?? 0, paceOf(this.step), Date.now());
  }

  #slide(event) {
    this.#try(Number(event.target.value));
  }

  /** The finish moves at once; the service confirms it when the slider rests. */
  #try(step) {
    this.step = step;
    this.told = null;
    this.#tell();
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#timer = setTimeout(() => this.#ask(), ASK_DELAY);
  }

  async #ask() {
    this.#request = new AbortController();
    const { signal } = this.#request;
    try {
      this.told = await this.model.whatIf(Math.round(paceOf(this.step) * 1e6) / 1e6, signal);
      this.problem = null;
      this.#tell();
    } catch (failure) {
      if (!signal.aborted) {
        this.problem = failure;
      }
    }
  }

  /** Tries the step of the slider that is closest to a pace. */
  assume(perDay) {
    this.#try(stepOf(perDay));
  }

  #tell() {
    const detail = this.step === null ? null : { perDay: paceOf(this.step), finish: this.#finish() };
    this.dispatchEvent(new CustomEvent('assumed', { detail }));
  }

  #reset() {
    this.#request?.abort();
    clearTimeout(this.#timer);
    this.step = null;
    this.told = null;
    this.#tell();
    this.querySelector('#pace-slider').focus();
  }

  #date(instant) {
    return zoned('fullDate', instant, this.zone);
  }
}

customElements.define('lectern-future', Future);
