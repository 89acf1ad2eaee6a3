// The editions of a book.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';
import { languageName } from '../library/book-words.js';

/** `editions` is the list of the document, the newest of which comes first here. */
class Editions extends PageElement {
  static properties = { editions: { attribute: false } };

  render() {
    const newestFirst = [...this.editions].sort((one, other) => (other.year ?? 0) - (one.year ?? 0));
    return newestFirst.length === 0 ? nothing : html`
      <h2>${t('book.editions')}</h2>
      <ul class="editions plain-list">${newestFirst.map((edition) => this.#edition(edition))}</ul>`;
  }

  #edition({ label, year, isbn, language, format, pages }) {
    const facts = [
      format,
      pages && t('book.pages', { count: pages }),
      language && languageName(language),
      isbn && t('book.isbn', { isbn }),
    ].filter(Boolean);
    return html`
      <li>
        <p><strong dir="auto">${label ?? t('book.edition')}</strong>${year ? html`, ${String(year)}` : nothing}</p>
        <p class="quiet small">
          ${facts.map((fact, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${fact}</bdi>`)}
        </p>
      </li>`;
  }
}

customElements.define('lectern-editions', Editions);
