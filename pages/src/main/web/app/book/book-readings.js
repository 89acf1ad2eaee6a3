// What I read of a book, and the button that begins it.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { day, percent } from '../../kit/format.js';
import { loadReadings, readingOf, readings, startReading } from '../../kit/readings.js';
import { isRoute, link } from '../../kit/router.js';
import { session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import { readingState } from '../library/book-words.js';

/** `book` is the document; a removed book cannot be started. */
class BookReadings extends PageElement {
  static properties = {
    book: { attribute: false },
    isRemoved: { attribute: false },
    isLoaded: { state: true },
    problem: { state: true },
  };

  #starting = null;
  #loadingFor = null;

  constructor() {
    super();
    this.isLoaded = false;
    this.problem = null;
    this.watch(readings, session);
  }

  willUpdate() {
    if (session.value && this.#loadingFor !== session.value.reader) {
      this.#loadingFor = session.value.reader;
      this.#load();
    }
  }

  render() {
    return html`
      <div class="book-action">${this.#action()}</div>
      <lectern-problem .problem=${this.problem}></lectern-problem>
      ${this.#list()}`;
  }

  async #load() {
    try {
      await loadReadings();
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
      this.#loadingFor = null;
    }
    this.isLoaded = true;
  }

  #action() {
    const reading = readingOf(this.book.id);
    if (!session.value) {
      return this.#signIn();
    }
    if (reading?.status === 'reading') {
      return html`
        <a class="button button-main" href=${link(`/me/readings/${reading.id}`)}>
          ${t('book.continue', { place: percent(reading.position?.fraction ?? 0) })}
        </a>
        ${reading.pending ? html`<span class="quiet small">${t('book.waits')}</span>` : nothing}`;
    }
    return this.isRemoved ? nothing : html`
      <button type="button" class="button-main" ?disabled=${!this.isLoaded} @click=${this.#start}>
        ${t(reading ? 'book.startAgain' : 'book.start')}
      </button>`;
  }

  #signIn() {
    return isRoute('/sign-in')
      ? html`<a class="button" href=${`/sign-in?next=${encodeURIComponent(location.pathname)}`}>${t('book.signIn')}</a>`
      : nothing;
  }

  /** Starts once, however often the button is pressed. */
  async #start() {
    if (this.#starting || readingOf(this.book.id)?.status === 'reading') {
      return;
    }
    this.problem = null;
    const { id, title, authors } = this.book;
    this.#starting = startReading(id, { shown: { id, title, authors } });
    try {
      this.#keepFocus();
      await this.#starting;
    } catch (failure) {
      this.problem = failure;
    } finally {
      this.#starting = null;
      this.requestUpdate();
    }
  }

  /** The link to the reading takes the place of the button, and its focus. */
  async #keepFocus() {
    const stop = readings.subscribe(async () => {
      if (readingOf(this.book.id)?.status === 'reading') {
        stop();
        await this.updateComplete;
        this.querySelector('.book-action a')?.focus();
      }
    });
  }

  #list() {
    const mine = [...readings.value.values()].filter(({ book }) => book.id === this.book.id)
      .sort((one, other) => other.startedAt.localeCompare(one.startedAt));
    return mine.length === 0 ? nothing : html`
      <h2>${t('book.myReadings')}</h2>
      <ul class="plain-list">
        ${mine.map((reading) => html`
          <li>
            <a href=${link(`/me/readings/${reading.id}`)}>${readingState(reading)}</a>
            <span class="quiet">${this.#dates(reading)}</span>
          </li>`)}
      </ul>`;
  }

  #dates({ startedAt, finishedAt }) {
    return finishedAt
      ? t('book.fromTo', { start: day(startedAt), end: day(finishedAt) })
      : t('book.since', { start: day(startedAt) });
  }
}

customElements.define('lectern-book-readings', BookReadings);
