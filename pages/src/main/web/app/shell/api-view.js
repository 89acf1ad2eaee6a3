// What the API says about what is shown: the request, the latest event, a line for the shell.

import { html, nothing } from 'lit';
import { urlOf } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { t } from '../../kit/words.js';

/**
 * Properties: `path` of the resource, without the base of the API; `parameters` of the request; `event`, the latest
 * of its stream; `isPublic` if no token is needed.
 */
class ApiView extends PageElement {
  static properties = {
    path: {}, parameters: { attribute: false }, event: { attribute: false }, isPublic: { type: Boolean },
  };

  render() {
    const address = urlOf(this.path, this.parameters);
    return html`
      <details class="api-view">
        <summary>${t('shell.apiView.title')}</summary>
        <p class="quiet small">${t('shell.apiView.note')}</p>
        <pre tabindex="0"><code>GET ${address}</code></pre>
        <p class="small">${t('shell.apiView.curl')}</p>
        <pre tabindex="0"><code>${this.#curl(address)}</code></pre>
        <p class="small">${this.event ? t('shell.apiView.event') : t('shell.apiView.noEvent')}</p>
        ${this.event ? html`<pre tabindex="0"><code>${JSON.stringify(this.event, null, 2)}</code></pre>` : nothing}
      </details>`;
  }

  #curl(address) {
    const token = this.isPublic ? '' : ' -H "Authorization: Bearer $TOKEN"';
    return `curl -s '${location.origin}${address}'${token}`;
  }
}

customElements.define('lectern-api-view', ApiView);
