// What was done, with the way to undo it.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';

/**
 * Shows `notice`, `{message, undo}`, until it is dismissed; null shows nothing. The focus goes to the button that
 * undoes it, because the button that did it is gone. Fires `undo` and `dismiss`.
 */
class UndoNotice extends PageElement {
  static properties = { notice: { attribute: false } };

  render() {
    return html`
      <div role="status">${this.notice ? html`
        <p class="notice">
          <span>${this.notice.message}</span>
          ${this.notice.undo
            ? html`<button type="button" class="notice-undo" @click=${() => this.#fire('undo')}>
                ${t('timeline.undo')}</button>`
            : nothing}
          <button type="button" class="button-quiet" @click=${() => this.#fire('dismiss')}>
            ${t('reading.dismiss')}</button>
        </p>` : nothing}
      </div>`;
  }

  updated(changed) {
    if (changed.has('notice')) {
      this.querySelector('.notice-undo')?.focus();
    }
  }

  #fire(type) {
    this.dispatchEvent(new CustomEvent(type));
  }
}

customElements.define('lectern-undo-notice', UndoNotice);
