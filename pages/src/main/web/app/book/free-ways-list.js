// All ways to read a book for free.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { day } from '../../kit/format.js';
import { t } from '../../kit/words.js';
import { wayKind, wayRank } from '../library/free-ways.js';

/** `ways` is the list of the document. Ways of a kind stand together; dead links come last in theirs. */
class FreeWaysList extends PageElement {
  static properties = { ways: { attribute: false } };

  render() {
    const kinds = Map.groupBy([...this.ways].sort(byUse), ({ kind }) => kind);
    return html`
      <h2>${t('book.ways')}</h2>
      ${kinds.size === 0 ? html`<p>${t('book.noWays')}</p>` : nothing}
      ${[...kinds].map(([kind, ways]) => html`
        <h3>${wayKind(kind)}</h3>
        <ul class="ways plain-list">${ways.map((way) => this.#way(way))}</ul>`)}`;
  }

  #way(way) {
    const { url, condition, state } = way;
    const name = html`<bdi>${shortAddress(url)}</bdi>`;
    const anchor = html`<a href=${webAddress(url)} rel="external noopener noreferrer">${name}</a>`;
    return html`
      <li>
        <p>${state === 'dead' ? html`<del>${anchor}</del>` : anchor} ${this.#state(way)}</p>
        ${condition ? html`<p dir="auto">${condition}</p>` : nothing}
        ${this.#facts(way)}
      </li>`;
  }

  #state({ state, checkedAt }) {
    switch (state) {
      case 'dead':
        return html`<span class="state-bad">✕ ${checkedAt
          ? t('book.deadOn', { day: day(checkedAt) })
          : t('book.dead')}</span>`;
      case 'archived':
        return html`<span class="quiet">◐ ${t('book.archived')}</span>`;
      case 'live':
        return html`<span class="state-good">● ${t('book.live')}</span>`;
      default:
        return nothing;
    }
  }

  #facts({ format, licence, checkedAt }) {
    const facts = [
      format && html`<bdi>${format}</bdi>`,
      licence && html`${t('book.licence')} <bdi>${licence}</bdi>`,
      checkedAt && t('book.checked', { day: day(checkedAt) }),
    ].filter(Boolean);
    return facts.length === 0 ? nothing : html`
      <p class="quiet small">${facts.map((fact, index) => html`${index > 0 ? ' · ' : nothing}${fact}`)}</p>`;
  }
}

function byUse(one, other) {
  return wayRank(one) - wayRank(other) || (one.state === 'dead') - (other.state === 'dead');
}

/** The address as a reader needs it: without the protocol and an empty end. */
const shortAddress = (url) => url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');

/** An address of the web. Whatever else may stand in a document is no link. */
const webAddress = (url) => /^https?:\/\//i.test(url) ? url : nothing;

customElements.define('lectern-free-ways-list', FreeWaysList);
