import { html } from 'lit';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';

class LibraryPage extends PageElement {
  static properties = { route: { attribute: false } };

  render() {
    return html`<h1>${t('library.pageTitle')}</h1>`;
  }
}

customElements.define('lectern-library-page', LibraryPage);
