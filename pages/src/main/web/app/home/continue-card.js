// One open reading, with what is ahead in a sentence.

import { html, nothing } from 'lit';

import { read } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { ago, day, list, percent } from '../../kit/format.js';
import { link } from '../../kit/router.js';
import { readerPath, session } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** How long reports have to rest before the forecast is read again, in milliseconds. */
const FORECAST_REST = 1_000;

/** Says in words what a forecast tells: sentences about the end, and about the plan. */
export function forecastSentences({ state, expected, earliest, latest, since, plan }) {
  const end = {
    expected: () => (earliest && latest
      ? t('home.expected', { expected: day(expected), earliest: day(earliest), latest: day(latest) })
      : t('home.expectedAlone', { expected: day(expected) })),
    'too-little-to-tell': () => t('home.tooLittle'),
    stopped: () => t('home.stopped', { since: day(since) }),
    'at-the-end': () => t('home.atTheEnd'),
  }[state];
  return [...(end ? [end()] : []), ...(plan ? [planSentence(plan)] : [])];
}

function planSentence({ finishBy, onTime, probability }) {
  const parameters = { day: day(finishBy) };
  if (probability !== undefined && probability > 0.2 && probability < 0.8) {
    return t('home.planChance', { ...parameters, chance: percent(probability) });
  }
  return t(onTime === undefined ? 'home.plan' : onTime ? 'home.planOnTime' : 'home.planLate', parameters);
}

/** A card that leads to the page of its `reading`. */
class ContinueCard extends PageElement {
  static properties = { reading: { attribute: false }, forecast: { state: true } };

  #version;
  #timer;
  #request;

  willUpdate() {
    if (this.reading.version !== this.#version) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#readForecast(), this.#version === undefined ? 0 : FORECAST_REST);
      this.#version = this.reading.version;
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#version = undefined;
  }

  render() {
    const { id, book, position, startedAt } = this.reading;
    const fraction = position?.fraction ?? 0;
    return html`
      <article class="card">
        <h3><a href=${link(`/me/readings/${id}`)} dir="auto">${book.title}</a></h3>
        <p class="quiet small"><span dir="auto">${list(book.authors)}</span></p>
        <progress class="place-bar" max="1" value=${fraction} aria-label=${t('reading.slider')}></progress>
        <p>
          <strong>${position?.page ? t('home.place', { percent: percent(fraction), page: position.page })
            : percent(fraction)}</strong>
          <span class="quiet small">
            ${position?.pending ? t('home.waits') : ago(position?.occurredAt ?? startedAt)}
            ${position?.device ? html`<span dir="auto">${t('home.from', {
              device: position.device.name ?? position.device.id })}</span>` : nothing}
          </span>
        </p>
        ${this.forecast ? html`
          <p class="small state-future">${forecastSentences(this.forecast).join(' ')}</p>` : nothing}
      </article>`;
  }

  /** A card without its forecast is still a card: a failure shows none. */
  async #readForecast() {
    this.#request?.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    if (!session.value) {
      return;
    }
    try {
      this.forecast = (await read(readerPath(`/readings/${this.reading.id}/forecast`), {}, { signal })).body;
    } catch {
      if (!signal.aborted) {
        this.forecast = null;
      }
    }
  }
}

customElements.define('lectern-continue-card', ContinueCard);
