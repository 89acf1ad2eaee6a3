// The history of a reading as a list, and its days as a table: the data of the picture in words.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { instantText } from '../../kit/calendar.js';
import { list, number, percent } from '../../kit/format.js';
import { t } from '../../kit/words.js';
import { deviceName, placeWords } from './place-words.js';
import { daysOf } from './track.js';
import { momentIn, zoned } from './zoned.js';

const ROWS = 10;

/** Events that have brought a place; of others the place is that of the event before. */
const RESTORABLE = new Set(['position-reported', 'position-restored']);

/**
 * Properties: `stops` of the track, `reading`, `zone`, `isComplete`. Fires `restore` with the stop whose place the
 * reader wants back, and `instant` with the instant that the timeline should show.
 */
class History extends PageElement {
  static properties = {
    stops: { attribute: false }, reading: { attribute: false }, zone: {}, isComplete: { type: Boolean },
    shown: { state: true }, shownDays: { state: true }, isTableOpen: { state: true },
  };

  constructor() {
    super();
    this.shown = ROWS;
    this.shownDays = ROWS;
  }

  render() {
    return html`
      <details class="history" open>
        <summary><h2>${t('timeline.history')}</h2></summary>
        <ol class="plain-list history-list">
          ${this.stops.slice(-this.shown).reverse().map((stop) => this.#entry(stop))}</ol>
        ${this.#more(this.stops.length > this.shown, () => (this.shown += 5 * ROWS))}
        ${this.isComplete ? nothing : html`<p class="quiet" role="status">${t('timeline.historyWaits')}</p>`}
      </details>
      <details class="history" @toggle=${({ target }) => (this.isTableOpen = target.open)}>
        <summary><h2>${t('timeline.table')}</h2></summary>
        ${this.isTableOpen ? this.#table() : nothing}
      </details>`;
  }

  #entry(stop) {
    const { position, at, moved, type } = stop;
    const isPresent = position?.occurredAt === this.reading.position?.occurredAt
      && position?.fraction === this.reading.position?.fraction;
    return html`
      <li class="history-entry">
        <button type="button" class="button-quiet history-when" @click=${() => this.#fire('instant', at)}>
          <time datetime=${instantText(at)}>${zoned('short', at, this.zone)}</time>
          <span class="visually-hidden">${t('timeline.show')}</span></button>
        <span class="history-what" dir="auto">${this.#what(stop)}</span>
        ${moved && position && !isPresent && RESTORABLE.has(type) && this.reading.status === 'reading' ? html`
          <button type="button" class="history-restore" @click=${() => this.#fire('restore', stop)}
            aria-label=${t('timeline.restorePlace', {
              place: percent(position.fraction), when: momentIn(at, this.zone),
            })}>${t('timeline.restore')}</button>` : nothing}
      </li>`;
  }

  #what({ type, position, reported, moved }) {
    const { pages } = this.reading;
    if (type === 'position-reported') {
      const words = placeWords(reported ?? position, pages);
      return moved ? words : t('timeline.types.unmoved', { place: words });
    }
    return t(`timeline.types.${type}`, { place: placeWords(position, pages) });
  }

  #table() {
    const days = daysOf(this.stops, this.zone);
    return html`
      <div class="table-scroll" tabindex="0" role="region" aria-label=${t('timeline.table')}>
        <table>
          <thead><tr>
            ${['day', 'from', 'to', 'reports', 'restores', 'devices'].map((name) => html`
              <th scope="col">${t(`timeline.columns.${name}`)}</th>`)}
          </tr></thead>
          <tbody>${days.slice(0, this.shownDays).map((day) => html`
            <tr>
              <th scope="row"><time datetime=${day.date}>${zoned('fullDate', day.at, this.zone)}</time></th>
              <td>${percent(day.from)}</td>
              <td>${percent(day.place)}</td>
              <td>${number(day.reports)}</td>
              <td>${number(day.restores)}</td>
              <td dir="auto">${this.#devices(day)}</td>
            </tr>`)}
          </tbody>
        </table>
      </div>
      ${this.#more(days.length > this.shownDays, () => (this.shownDays += 5 * ROWS))}`;
  }

  #devices({ devices }) {
    return list([...devices.values()].map((device) => deviceName(device) || t('timeline.noDevice')));
  }

  #more(isMore, show) {
    return isMore ? html`<button type="button" @click=${show}>${t('timeline.more')}</button>` : nothing;
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('lectern-history', History);
