// The values by which a list of books can be narrowed.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { number } from '../../kit/format.js';
import { addressWith } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { FACETS } from './book-query.js';
import { languageName, levelName } from './book-words.js';
import { wayKind } from './free-ways.js';

/** As many values of a facet are shown until the reader asks for all. */
const FEW = 6;

const VALUE_NAMES = { language: languageName, level: levelName, access: wayKind };

/** The name of a value of a facet, as a reader reads it. */
export const facetValueName = (facet, value) => (VALUE_NAMES[facet] ?? String)(value);

/**
 * `counts` has for each facet its values, `{name, books}`, those with most books first; `query` is what the list is
 * asked for. Each value is a link to the list with or without it.
 */
class Facets extends PageElement {
  static properties = { counts: { attribute: false }, query: { attribute: false }, expanded: { state: true } };

  constructor() {
    super();
    this.expanded = new Set();
  }

  render() {
    return FACETS.filter((facet) => this.#values(facet).length > 0).map((facet) => this.#facet(facet));
  }

  /** The values with books, and the chosen one also if it has none. */
  #values(facet) {
    const values = this.counts?.[facet] ?? [];
    const chosen = this.query[facet];
    return chosen === undefined || values.some(({ name }) => isSameValue(name, chosen))
      ? values
      : [{ name: chosen }, ...values];
  }

  #facet(facet) {
    const values = this.#values(facet);
    const isExpanded = this.expanded.has(facet);
    const shown = isExpanded ? values : values.filter(({ name }, index) => index < FEW || this.#isChosen(facet, name));
    return html`
      <section class="facet" aria-labelledby=${`facet-${facet}`}>
        <h3 id=${`facet-${facet}`}>${t(`library.facets.${facet}`)}</h3>
        <ul class="plain-list">${shown.map((value) => this.#value(facet, value))}</ul>
        ${values.length > FEW ? html`
          <button type="button" class="button-quiet small" aria-expanded=${isExpanded}
            @click=${() => this.#toggle(facet)}>
            ${isExpanded ? t('library.fewerValues') : t('library.moreValues', { count: values.length - FEW })}
          </button>` : nothing}
      </section>`;
  }

  #value(facet, { name, books }) {
    const isChosen = this.#isChosen(facet, name);
    const address = addressWith({ [facet]: isChosen ? null : name }, '/books');
    return html`
      <li>
        <a class="facet-value" href=${address} aria-current=${isChosen ? 'true' : nothing}>
          <span class="facet-box" aria-hidden="true"></span>
          <bdi>${facetValueName(facet, name)}</bdi>
          ${books === undefined ? nothing : html`<span class="facet-count">${number(books)}</span>`}
          ${isChosen ? html`<span class="visually-hidden">${t('library.chosen')}</span>` : nothing}
        </a>
      </li>`;
  }

  #isChosen(facet, name) {
    return isSameValue(name, this.query[facet]);
  }

  #toggle(facet) {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(facet)) {
      expanded.add(facet);
    }
    this.expanded = expanded;
  }
}

function isSameValue(one, other) {
  return one.localeCompare(other ?? '', undefined, { sensitivity: 'base' }) === 0;
}

customElements.define('lectern-facets', Facets);
