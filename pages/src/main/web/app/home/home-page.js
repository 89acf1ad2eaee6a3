// What the reader reads now, and the paths that go on.

import { html, nothing } from 'lit';

import './continue-card.js';
import './my-paths.js';
import '../shell/api-view.js';
import { PageElement } from '../../kit/element.js';
import { day, list, percent } from '../../kit/format.js';
import { keyed } from '../../kit/keyed.js';
import { follow } from '../../kit/live.js';
import { loadReadings, readings } from '../../kit/readings.js';
import { addressWith, link } from '../../kit/router.js';
import { readerPath, session } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** How many open readings are shown at first, and how many finished ones at most. */
const OPEN_SHOWN = 6;
const CLOSED_SHOWN = 100;

const lastUse = ({ position, finishedAt, startedAt }) =>
  finishedAt ?? position?.receivedAt ?? position?.occurredAt ?? startedAt;

/** The page at `/me`, and at `/` for a reader who is signed in. `?show=all` and `?show=finished` show more. */
class HomePage extends PageElement {
  static properties = {
    route: { attribute: false },
    isLoaded: { state: true },
    problem: { state: true },
    latestEvent: { state: true },
  };

  #shown = [];
  #subscription = null;

  constructor() {
    super();
    this.watch(readings, session);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#subscription = follow('reader', { event: (event) => (this.latestEvent = event) });
    this.#subscription.ready.then(() => this.#subscription?.start());
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#subscription.close();
    this.#subscription = null;
  }

  render() {
    return html`
      <h1 tabindex="-1">${t('home.pageTitle')}</h1>
      ${this.problem ? html`<lectern-problem .problem=${this.problem} .retry=${() => this.#load()}></lectern-problem>`
        : nothing}
      ${this.isLoaded && session.value ? this.#sections() : nothing}
      ${this.isLoaded || this.problem ? nothing : html`<lectern-waiting></lectern-waiting>`}`;
  }

  #sections() {
    const show = this.route.query.get('show');
    const all = [...readings.value.values()]
      .sort((one, other) => Date.parse(lastUse(other)) - Date.parse(lastUse(one)));
    const open = all.filter(({ status }) => status === 'reading');
    const closed = all.filter(({ status }) => status !== 'reading');
    this.#shown = show === 'all' ? open : open.slice(0, OPEN_SHOWN);
    return html`
      ${this.#open(open, this.#shown)}
      <lectern-my-paths></lectern-my-paths>
      ${closed.length ? this.#closed(closed, show === 'finished') : nothing}
      <p><a href=${link('/me/year')}>${t('year.title')}</a></p>
      <lectern-api-view .path=${readerPath('/readings')} .parameters=${{ order: 'recent' }} .event=${this.latestEvent}>
      </lectern-api-view>`;
  }

  #open(open, shown) {
    return html`
      <section aria-labelledby="continue-title">
        <h2 id="continue-title">${t('home.continue')}</h2>
        ${open.length === 0 ? html`
          <p>${t('home.empty')} <a href="/books">${t('home.toLibrary')}</a></p>` : html`
          <ul class="continue"></ul>
          ${shown.length < open.length ? html`
            <p><a href=${addressWith({ show: 'all' })}>${t('home.allOpen', { count: open.length })}</a></p>`
            : nothing}`}
      </section>`;
  }

  /** A card stays the same element wherever its reading moves, with its focus and its forecast. */
  updated() {
    const cards = this.querySelector('.continue');
    if (cards) {
      keyed(cards, this.#shown, ({ id }) => id, createCardItem, (item, reading) => {
        item.firstElementChild.reading = reading;
      });
    }
  }

  #closed(closed, isShown) {
    const count = closed.filter(({ status }) => status === 'finished').length;
    if (!isShown) {
      return html`<p><a href=${addressWith({ show: 'finished' })}>${count === closed.length
        ? t('home.finishedLink', { count }) : t('home.closedLink', { count: closed.length })}</a></p>`;
    }
    return html`
      <section aria-labelledby="finished-title">
        <h2 id="finished-title">${t('home.finished')}</h2>
        <ul class="rows">${closed.slice(0, CLOSED_SHOWN).map(({ id, book, status, finishedAt, position }) => html`
          <li><span>
            <a href=${link(`/me/readings/${id}`)} dir="auto">${book.title}</a>
            <span class="quiet small"><span dir="auto">${list(book.authors)}</span> ·
              ${status === 'finished' && finishedAt ? t('home.finishedOn', { day: day(finishedAt) })
                : t('home.abandonedAt', { percent: percent(position?.fraction ?? 0) })}</span>
          </span></li>`)}
        </ul>
        <p><a href=${addressWith({ show: null })}>${t('home.hideFinished')}</a></p>
      </section>`;
  }

  async #load() {
    this.problem = null;
    try {
      await loadReadings();
      this.isLoaded = true;
    } catch (failure) {
      this.problem = failure;
    }
  }
}

function createCardItem() {
  const item = document.createElement('li');
  item.append(document.createElement('lectern-continue-card'));
  return item;
}

customElements.define('lectern-home-page', HomePage);
