// The page at an address that has no other.

import { html } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';

/** `text` says what was not found; without it, the page. */
class NotFound extends PageElement {
  static properties = { route: { attribute: false }, heading: {}, text: {} };

  render() {
    return html`
      <h1>${this.heading ?? t('shell.notFoundTitle')}</h1>
      <p>${this.text ?? t('shell.notFound', { address: this.route?.path })}</p>
      <p><a class="button" href="/books">${t('shell.toLibrary')}</a></p>`;
  }
}

customElements.define('lectern-not-found', NotFound);
