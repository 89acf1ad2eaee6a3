// The button that begins a book, or goes on with it.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { percent } from '../../kit/format.js';
import { loadReadings, readingOf, readings, startReading } from '../../kit/readings.js';
import { isRoute, link } from '../../kit/router.js';
import { session } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** The longest time that the focus waits for the answer to a start, in milliseconds. */
const FOCUS_DELAY = 1_000;

/**
 * `book` is the document; a removed book cannot be started. There is no button until it is known whether the book is
 * being read.
 */
class StartReading extends PageElement {
  static properties = {
    book: { attribute: false },
    isRemoved: { attribute: false },
    problem: { state: true },
    isLoaded: { state: true },
  };

  #starting = null;
  #retry = null;
  #loadingFor = null;

  constructor() {
    super();
    this.problem = null;
    this.isLoaded = false;
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
      <lectern-problem .problem=${this.problem} .retry=${this.#retry}></lectern-problem>`;
  }

  async #load() {
    try {
      await loadReadings();
      this.problem = null;
    } catch (failure) {
      this.#retry = () => this.#load();
      this.problem = failure;
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
    return this.isRemoved || !this.isLoaded ? nothing : html`
      <button type="button" class="button-main" @click=${this.#start}>
        ${t(reading ? 'book.startAgain' : 'book.start')}
      </button>`;
  }

  #signIn() {
    return isRoute('/sign-in')
      ? html`<a class="button" href=${`/sign-in?next=${encodeURIComponent(location.pathname)}`}>${t('book.signIn')}</a>`
      : nothing;
  }

  /** Starts once, however often the button is pressed. If a reading is open that is not known here, it goes on. */
  async #start() {
    if (this.#starting || readingOf(this.book.id)?.status === 'reading') {
      return;
    }
    this.problem = null;
    this.#retry = null;
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

  /**
   * The link to the reading takes the place of the button. It gets the focus only when the service has answered, or
   * does not answer soon: the second of two presses would follow it.
   */
  async #keepFocus() {
    const soon = new Promise((resolve) => {
      setTimeout(resolve, FOCUS_DELAY);
    });
    await Promise.race([this.#starting, soon]).catch(() => {});
    await this.updateComplete;
    if (document.activeElement === document.body) {
      this.querySelector('.book-action :is(a, button)')?.focus();
    }
  }
}

customElements.define('lectern-start-reading', StartReading);
