// The field in which one types what one looks for.

import { html } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';

/** The search begins when nothing was typed for this long, in milliseconds. */
const SEARCH_DELAY = 250;

/**
 * `text` is what was searched for last. Sends `search` with `{text, isNew}`; `isNew` is true for the first search
 * since the reader came to the field: Back leads to what was before it.
 */
class SearchField extends PageElement {
  static properties = { text: {} };

  #timer = null;
  #isNew = true;
  #sent = '';

  constructor() {
    super();
    this.text = '';
  }

  render() {
    return html`
      <form class="search" role="search" @submit=${this.#submit}>
        <label for="library-search">${t('library.search')}</label>
        <input id="library-search" name="q" type="search" maxlength="200" autocomplete="off" spellcheck="false"
          @input=${this.#typed} @blur=${() => this.#isNew = true}>
      </form>`;
  }

  /** What the reader types is not overwritten by the answer to what was typed before. */
  updated(changed) {
    if (changed.has('text') && this.text !== this.#sent) {
      this.#sent = this.text;
      clearTimeout(this.#timer);
      this.querySelector('input').value = this.text;
    }
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), SEARCH_DELAY);
  }

  #submit(event) {
    event.preventDefault();
    this.#send();
  }

  #send() {
    clearTimeout(this.#timer);
    const text = this.querySelector('input').value.trim();
    if (text !== this.#sent) {
      this.#sent = text;
      this.dispatchEvent(new CustomEvent('search', { detail: { text, isNew: this.#isNew } }));
      this.#isNew = false;
    }
  }
}

customElements.define('lectern-search-field', SearchField);
