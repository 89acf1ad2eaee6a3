// The values by which a list of books can be narrowed.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { number } from '../../kit/format.js';
import { addressWith } from '../../kit/router.js';
import { t } from '../../kit/words.js';
import { FACETS, foldedText } from './book-query.js';
import { languageName, levelName } from './book-words.js';
import { KNOWN_VALUES, readTopics } from './facet-counts.js';
import { wayKind } from './free-ways.js';

/** As many values of a facet are shown until the reader asks for more, and then so many. */
const FEW_VALUES = 8;
const MANY_VALUES = 40;

const VALUE_NAMES = { language: languageName, level: levelName, access: wayKind };

/** The name of a value of a facet, as a reader reads it. */
export const facetValueName = (facet, value) => (VALUE_NAMES[facet] ?? String)(value);

/**
 * `query` is what the list is asked for; `counts` the values of its books by facet, null if these are too many to be
 * counted. Each value is a link to the list with or without it. The topics of the whole catalog are read when the
 * reader wants them, and can be searched.
 */
class Facets extends PageElement {
  static properties = {
    query: { attribute: false },
    counts: { attribute: false },
    topics: { state: true },
    topicText: { state: true },
    expanded: { state: true },
    isLoading: { state: true },
    problem: { state: true },
  };

  #followed = null;

  constructor() {
    super();
    this.counts = null;
    this.topics = null;
    this.topicText = '';
    this.expanded = new Set();
    this.isLoading = false;
    this.problem = null;
  }

  render() {
    return FACETS.map((facet) => this.#facet(facet));
  }

  /** The values come in another order with each query. The focus stays on the one that was chosen or given up. */
  updated(changed) {
    if (changed.has('counts') && this.#followed) {
      const focused = document.activeElement;
      if (focused === document.body || this.contains(focused)) {
        this.querySelector(`[data-value="${CSS.escape(this.#followed)}"]`)?.focus({ preventScroll: true });
      }
      this.#followed = null;
    }
  }

  #facet(facet) {
    const values = this.#values(facet);
    const isSearched = facet === 'topic' && !this.counts;
    return values.length === 0 && !isSearched ? nothing : html`
      <section class="facet" aria-labelledby=${`facet-${facet}`}>
        <h2 id=${`facet-${facet}`}>${t(`library.facets.${facet}`)}</h2>
        ${isSearched ? this.#topicSearch() : nothing}
        <ul class="plain-list">${this.#shown(facet, values).map((value) => this.#value(facet, value))}</ul>
        ${values.length > FEW_VALUES ? this.#step(facet) : nothing}
        ${isSearched && this.topics === null ? this.#topicButton() : nothing}
      </section>`;
  }

  /** The chosen value is there even if nothing else is known of the facet. */
  #values(facet) {
    const known = this.counts?.[facet] ?? (facet === 'topic' ? this.#foundTopics() : KNOWN_VALUES[facet] ?? []);
    const chosen = this.query[facet];
    return chosen === undefined || known.some(({ name }) => isSameValue(name, chosen))
      ? known
      : [{ name: chosen }, ...known];
  }

  #foundTopics() {
    const text = foldedText(this.topicText.trim());
    return (this.topics ?? []).filter(({ name }) => foldedText(name).includes(text));
  }

  #shown(facet, values) {
    const limit = this.expanded.has(facet) ? MANY_VALUES : FEW_VALUES;
    return values.filter(({ name }, index) => index < limit || isSameValue(name, this.query[facet] ?? ''));
  }

  #topicSearch() {
    return this.topics === null ? nothing : html`
      <input type="search" class="small" aria-label=${t('library.findTopic')} placeholder=${t('library.findTopic')}
        .value=${this.topicText} @input=${({ target }) => this.topicText = target.value}>
      <p class="quiet small">${t('library.topicCounts')}</p>`;
  }

  #topicButton() {
    return html`
      <lectern-problem .problem=${this.problem}></lectern-problem>
      <button type="button" class="button-quiet small" ?disabled=${this.isLoading} @click=${this.#loadTopics}>
        ${t(this.isLoading ? 'shell.waiting' : 'library.showTopics')}
      </button>`;
  }

  #step(facet) {
    const isExpanded = this.expanded.has(facet);
    return html`
      <button type="button" class="button-quiet small" aria-expanded=${isExpanded} @click=${() => this.#toggle(facet)}>
        ${t(isExpanded ? 'library.fewerValues' : 'library.moreValues')}
      </button>`;
  }

  #toggle(facet) {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(facet)) {
      expanded.add(facet);
    }
    this.expanded = expanded;
  }

  #value(facet, { name, books }) {
    const isChosen = isSameValue(name, this.query[facet] ?? '');
    const address = addressWith({ [facet]: isChosen ? null : name }, '/books');
    return html`
      <li>
        <a class="facet-value" href=${address} aria-current=${isChosen ? 'true' : nothing}
          data-value=${`${facet} ${name}`} @click=${() => this.#followed = `${facet} ${name}`}>
          <span class="facet-box" aria-hidden="true"></span>
          <bdi>${facetValueName(facet, name)}</bdi>
          ${books === undefined ? nothing : html`<span class="facet-count">${number(books)}</span>`}
          ${isChosen ? html`<span class="visually-hidden">${t('library.chosen')}</span>` : nothing}
        </a>
      </li>`;
  }

  async #loadTopics() {
    this.isLoading = true;
    this.problem = null;
    try {
      this.topics = await readTopics();
      await this.updateComplete;
      this.querySelector('input')?.focus();
    } catch (failure) {
      this.problem = failure;
    }
    this.isLoading = false;
  }
}

const isSameValue = (one, other) => one.localeCompare(other, undefined, { sensitivity: 'base' }) === 0;

customElements.define('lectern-facets', Facets);
