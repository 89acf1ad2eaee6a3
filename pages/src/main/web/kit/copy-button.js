// A button that copies a text, and says that it has.

import { html } from 'lit';

import { PageElement } from './element.js';
import { t } from './words.js';

/** How long "Copied" is shown, in milliseconds. */
const SHOWN_FOR = 2_000;

/**
 * Copies `text`. Where the browser has no clipboard for pages (over plain HTTP from another machine), it selects
 * the element before the button, so that the reader can copy it.
 */
class CopyButton extends PageElement {
  static properties = { text: {}, label: {}, state: { state: true } };

  #timer;

  render() {
    return html`
      <button type="button" class="button-quiet" @click=${this.#copy}>${this.label ?? t('copy.copy')}</button>
      <span role="status" class="quiet small">${this.state ? t(`copy.${this.state}`) : ''}</span>`;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  async #copy() {
    clearTimeout(this.#timer);
    try {
      await navigator.clipboard.writeText(this.text);
      this.state = 'copied';
    } catch {
      getSelection().selectAllChildren(this.previousElementSibling);
      this.state = 'selected';
    }
    this.#timer = setTimeout(() => (this.state = null), SHOWN_FOR);
  }
}

customElements.define('lectern-copy-button', CopyButton);
