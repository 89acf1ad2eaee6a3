// A wait that the reader can see.

import { html } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';

/** `text` says for what the page waits. */
class Waiting extends PageElement {
  static properties = { text: {} };

  render() {
    return html`<p class="waiting" role="status">${this.text ?? t('shell.waiting')}</p>`;
  }
}

customElements.define('lectern-waiting', Waiting);
