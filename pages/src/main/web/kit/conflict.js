// Changes of one document that were made in two places.

import { html } from 'lit';

import { PageElement } from './element.js';
import { t } from './words.js';

const isSame = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The members, of those named, that differ between two documents. An absent member is the same as null. */
export function changedMembers(before, after, names) {
  return names.filter((name) => !isSame(before[name], after[name]));
}

/** A merge patch (RFC 7396) that makes the members of `before` those of `after`. */
export function mergePatch(before, after, names) {
  return Object.fromEntries(changedMembers(before, after, names).map((name) => [name, after[name] ?? null]));
}

/**
 * What became of a document while it was edited: the members that only the others changed, and those that were
 * changed here as well, to another value.
 */
export function conflictsOf(base, theirs, mine, names) {
  const changed = changedMembers(base, theirs, names);
  const clashes = changed.filter((name) => !isSame(base[name], mine[name]) && !isSame(theirs[name], mine[name]));
  return { taken: changed.filter((name) => isSame(base[name], mine[name])), clashes };
}

/**
 * Shows what was changed elsewhere meanwhile, and asks for each clash whose value counts. `members` are
 * `{name, label, theirs, mine, clash}` with values as text. Fires `resolved` with the set of the names whose own
 * value stays.
 */
class ConflictView extends PageElement {
  static properties = { members: { attribute: false } };

  render() {
    return html`
      <section class="conflict" role="alert" aria-labelledby="conflict-title">
        <h2 id="conflict-title">${t('conflict.title')}</h2>
        <p>${t('conflict.explanation')}</p>
        <form @submit=${this.#resolve}>
          ${this.members.map((member) => this.#member(member))}
          <p class="actions"><button>${t('conflict.continue')}</button></p>
        </form>
      </section>`;
  }

  #member({ name, label, theirs, mine, clash }) {
    if (!clash) {
      return html`
        <p><strong>${label}</strong>: ${t('conflict.taken')} <q dir="auto">${theirs || t('conflict.nothing')}</q></p>`;
    }
    const choice = (value, text, words) => html`
      <label class="choice">
        <input type="radio" name=${name} value=${value} ?checked=${value === 'theirs'}>
        <span>${words}: <q dir="auto">${text || t('conflict.nothing')}</q></span>
      </label>`;
    return html`
      <fieldset>
        <legend>${label}</legend>
        ${choice('theirs', theirs, t('conflict.theirs'))}
        ${choice('mine', mine, t('conflict.mine'))}
      </fieldset>`;
  }

  #resolve(event) {
    event.preventDefault();
    const own = [...new FormData(event.target)].filter(([, value]) => value === 'mine').map(([name]) => name);
    this.dispatchEvent(new CustomEvent('resolved', { detail: new Set(own) }));
  }
}

customElements.define('lectern-conflict', ConflictView);
