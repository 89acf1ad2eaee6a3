// What I have read of a book.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { day } from '../../kit/format.js';
import { readings } from '../../kit/readings.js';
import { link } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { readingState } from '../library/book-words.js';

/** `book` is the id of the book. */
class BookReadings extends PageElement {
  static properties = { book: {} };

  constructor() {
    super();
    this.watch(readings);
  }

  render() {
    const mine = [...readings.value.values()].filter(({ book }) => book.id === this.book)
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
