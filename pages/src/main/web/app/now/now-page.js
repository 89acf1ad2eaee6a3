// What is being read now, by everybody.

import { html, nothing, svg } from 'lit';
import { PageElement } from '../../kit/element.js';
import { ago, number } from '../../kit/format.js';
import { link } from '../../kit/router.js';
import { locale, t } from '../../kit/words.js';
import { bookById, bookTitles, titleOf } from '../library/book-titles.js';
import '../shell/api-view.js';
import { Activity, ACTIVITY_MINUTES } from './activity.js';

const BAR_HEIGHT = 32;

/** As often is the text that says how old the latest minute is rendered again, in milliseconds. */
const AGE_PERIOD = 15_000;

const clockTimes = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });

class NowPage extends PageElement {
  static properties = { route: { attribute: false } };

  #activity = null;
  #stop = null;
  #timer = null;

  constructor() {
    super();
    this.watch(bookTitles);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#activity = new Activity();
    this.#stop = this.#activity.subscribe(() => this.requestUpdate());
    this.#activity.open();
    this.#timer = setInterval(() => this.requestUpdate(), AGE_PERIOD);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
    clearInterval(this.#timer);
    this.#activity.close();
  }

  render() {
    const { isLoaded, problem, books } = this.#activity;
    return html`
      <h1>${t('now.pageTitle')}</h1>
      <p class="quiet">${t('now.introduction')}</p>
      <lectern-problem .problem=${problem} .retry=${() => this.#activity.load()}></lectern-problem>
      ${isLoaded || problem ? nothing : html`<lectern-waiting></lectern-waiting>`}
      ${isLoaded ? this.#summary() : nothing}
      ${isLoaded && books.length === 0 ? html`<p>${t('now.nobody')}</p>` : nothing}
      <ul class="now-books plain-list">${books.map((book) => this.#book(book))}</ul>
      ${books.length > 0 ? this.#table(books) : nothing}
      ${isLoaded ? this.#apiView() : nothing}`;
  }

  #apiView() {
    return html`<lectern-api-view path="/activity" .event=${this.#activity.latestEvent} isPublic></lectern-api-view>`;
  }

  #summary() {
    const { latest, listening } = this.#activity;
    return latest === null ? nothing : html`
      <p class="now-sum">
        <strong>${t('now.readers', { count: listening })}</strong>
        <span class="quiet">${t('now.asOf', { time: clockTimes.format(latest), ago: ago(latest) })}</span>
      </p>`;
  }

  #book({ book, now, most, minutes }) {
    const document = bookById(book);
    return html`
      <li>
        <div class="now-name">
          <a href=${link(`/books/${book}`)}>
            <span lang=${document?.language ?? nothing} dir="auto">${titleOf(book)}</span>
          </a>
          <span class="quiet small">${t('now.most', { count: most })}</span>
        </div>
        <svg class="now-bars" viewBox=${`0 0 ${ACTIVITY_MINUTES} ${BAR_HEIGHT}`} preserveAspectRatio="none"
          aria-hidden="true">
          ${minutes.map((readers, minute) => bar(readers, minute, most))}
        </svg>
        <strong class="now-count">${t('now.readers', { count: now })}</strong>
      </li>`;
  }

  /** The same numbers for those who do not see the bars: ten minutes a column. */
  #table(books) {
    const starts = Array.from({ length: ACTIVITY_MINUTES / 10 }, (_, index) => index * 10);
    const clock = (start) => clockTimes.format(this.#activity.latest - (ACTIVITY_MINUTES - 1 - start) * 60_000);
    return html`
      <details>
        <summary>${t('now.asTable')}</summary>
        <div class="now-table">
          <table>
            <caption class="quiet">${t('now.tableCaption')}</caption>
            <thead><tr><th scope="col">${t('now.book')}</th>${starts.map((start) => html`
              <th scope="col">${t('now.since', { time: clock(start) })}</th>`)}</tr></thead>
            <tbody>${books.map(({ book, minutes }) => html`
              <tr><th scope="row" dir="auto">${titleOf(book)}</th>${starts.map((start) => html`
                <td>${number(Math.max(...minutes.slice(start, start + 10)))}</td>`)}</tr>`)}</tbody>
          </table>
        </div>
      </details>`;
  }
}

function bar(readers, minute, most) {
  const height = (readers / most) * BAR_HEIGHT;
  return readers === 0 ? nothing : svg`
    <rect x=${minute + 0.1} y=${BAR_HEIGHT - height} width="0.8" height=${height}></rect>`;
}

customElements.define('lectern-now-page', NowPage);
