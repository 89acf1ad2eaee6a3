// A year of reading: its days, its weekdays, and what came of it.

import { html, nothing } from 'lit';
import { read } from '../../kit/api.js';
import { dateText, parseInstant } from '../../kit/calendar.js';
import { PageElement } from '../../kit/element.js';
import { number } from '../../kit/format.js';
import { follow } from '../../kit/live.js';
import { addressWith } from '../../kit/router.js';
import { readerPath, session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import { zoned } from '../timeline/zoned.js';
import '../shell/api-view.js';
import '../shell/problem.js';
import '../shell/waiting.js';
import { monthsOf, weekdaysOf, weeksOf } from './year.js';
import { calendarPicture, weekdayName, weekdayPicture } from './year-picture.js';

/** How long the page waits for further events before it reads again, in milliseconds. */
const STATISTICS_DELAY = 2_000;

const FIGURES = ['daysRead', 'hours', 'streak', 'longestStreak', 'finished'];

const minutesWords = (minutes) => t('year.minutes', { count: Math.round(minutes) });

class YearPage extends PageElement {
  static properties = {
    route: { attribute: false }, statistics: { state: true }, event: { state: true }, problem: { state: true },
    width: { state: true },
  };

  #observer = new ResizeObserver(([{ contentRect }]) => (this.width = Math.floor(contentRect.width)));
  #subscription;
  #request;
  #timer;
  /** The year that is shown; null before there is one. */
  #year = null;

  constructor() {
    super();
    this.width = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#subscription?.close();
    this.#request?.abort();
    clearTimeout(this.#timer);
  }

  async #follow() {
    const again = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#read(), STATISTICS_DELAY);
    };
    this.#subscription = follow('reader', {
      event: (event) => {
        this.event = event;
        again();
      },
      reset: again,
    });
    const subscription = this.#subscription;
    await subscription.ready;
    subscription.start();
  }

  willUpdate(changed) {
    if (changed.has('route') && session.value && this.#year !== this.#wantedYear()) {
      this.#year = this.#wantedYear();
      this.statistics = null;
      this.#read();
    }
  }

  /** The year of the address; undefined for the twelve months until now. */
  #wantedYear() {
    const year = Number(this.route.query.get('year'));
    return Number.isInteger(year) && year >= 1970 && year <= this.#thisYear() ? year : undefined;
  }

  #thisYear() {
    return Number(dateText(Date.now(), this.#zone()).slice(0, 4));
  }

  #zone() {
    return session.value?.zone;
  }

  #parameters() {
    const year = this.#year;
    return {
      zone: this.#zone(),
      from: year && `${year}-01-01`,
      to: year && year < this.#thisYear() ? `${year + 1}-01-01` : undefined,
    };
  }

  async #read() {
    this.#request?.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    try {
      this.statistics = (await read(readerPath('/statistics'), this.#parameters(), { signal })).body;
      this.problem = null;
    } catch (failure) {
      if (!signal.aborted) {
        this.problem = failure;
      }
    }
  }

  render() {
    return html`
      <h1>${t('year.title')}</h1>
      ${this.#choice()}
      <lectern-problem .problem=${this.problem} .retry=${() => this.#read()}></lectern-problem>
      ${this.statistics ? this.#pictures(this.statistics) : nothing}
      ${this.statistics || this.problem ? nothing : html`<lectern-waiting></lectern-waiting>`}
      ${session.value ? html`
        <lectern-api-view .path=${readerPath('/statistics')} .parameters=${this.#parameters()} .event=${this.event}>
        </lectern-api-view>` : nothing}`;
  }

  #choice() {
    const thisYear = this.#thisYear();
    const years = [undefined, thisYear, thisYear - 1, thisYear - 2];
    return html`
      <nav class="actions year-choice" aria-label=${t('year.choice')}>
        ${years.map((year) => html`
          <a href=${addressWith({ year: year ?? null })} aria-current=${year === this.#year ? 'page' : nothing}>
            ${year ? String(year) : t('year.lastTwelveMonths')}</a>`)}
      </nav>`;
  }

  #pictures(statistics) {
    const zone = this.#zone();
    const last = Math.min(parseInstant(statistics.to) - 1, Date.now());
    const weeks = weeksOf(statistics.days, dateText(parseInstant(statistics.from), zone), dateText(last, zone));
    const weekdays = weekdaysOf(weeks);
    return html`
      <dl class="figures">${FIGURES.map((name) => html`
        <div class="card"><dt>${t(`year.figures.${name}`)}</dt><dd>${this.#figure(statistics, name)}</dd></div>`)}
      </dl>
      <section class="card" aria-labelledby="days-title">
        <h2 id="days-title">${t('year.days')}</h2>
        ${this.#calendar(weeks)}
        ${this.#monthTable(monthsOf(weeks))}
      </section>
      <section class="card" aria-labelledby="weekdays-title">
        <h2 id="weekdays-title">${t('year.weekdays')}</h2>
        <svg class="year-picture" aria-hidden="true" width=${this.#inner()} height="200">
          ${weekdayPicture(weekdays, this.#inner(), minutesWords)}</svg>
        ${this.#table('weekdays', weekdays.map((day) => [weekdayName(day.weekday), day.days, day.minutes]))}
      </section>`;
  }

  #figure(statistics, name) {
    return number(name === 'hours' ? Math.round(statistics.minutes / 6) / 10 : statistics[name]);
  }

  /** The width inside of a card. */
  #inner() {
    return Math.max(0, this.width - 34);
  }

  #calendar(weeks) {
    if (this.width === 0) {
      return nothing;
    }
    const { height, content } = calendarPicture(weeks, this.#inner());
    return html`
      <svg class="year-picture" aria-hidden="true" width=${this.#inner()} height=${height}>${content}</svg>
      <p class="small quiet">${t('year.legend')}</p>`;
  }

  #monthTable(months) {
    const name = ({ month }) => zoned('monthOfYear', Date.parse(`${month}-15T12:00:00Z`), 'UTC');
    return this.#table('months', months.map((month) => [name(month), month.days, month.minutes]));
  }

  #table(name, rows) {
    return html`
      <details>
        <summary>${t('year.asTable')}</summary>
        <div class="table-scroll" tabindex="0" role="region" aria-label=${t(`year.tables.${name}`)}>
          <table>
            <thead><tr>
              ${[`year.tables.${name}`, 'year.columns.days', 'year.columns.minutes'].map((column) => html`
                <th scope="col">${t(column)}</th>`)}
            </tr></thead>
            <tbody>${rows.map(([first, days, minutes]) => html`
              <tr><th scope="row">${first}</th><td>${number(days)}</td><td>${number(minutes)}</td></tr>`)}</tbody>
          </table>
        </div>
      </details>`;
  }
}

customElements.define('lectern-year-page', YearPage);
