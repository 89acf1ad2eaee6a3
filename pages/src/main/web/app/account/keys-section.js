// Keys for programs and e-readers.

import { html, nothing } from 'lit';

import '../../kit/copy-button.js';
import { readAll, request } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { FormController, field, refuseIf } from '../../kit/form.js';
import { ago, day } from '../../kit/format.js';
import { readerPath } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** Lists the keys, makes one and shows its secret once, and revokes. */
class KeysSection extends PageElement {
  static properties = { keys: { state: true }, made: { state: true }, problem: { state: true } };

  #form = new FormController(this);

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.made = null;
  }

  render() {
    const form = this.#form;
    return html`
      <section class="card" aria-labelledby="keys-title">
        <h2 id="keys-title" tabindex="-1">${t('account.keys')}</h2>
        <p>${t('account.keysExplanation')}</p>
        ${this.problem ? html`<lectern-problem .problem=${this.problem}></lectern-problem>` : nothing}
        ${this.keys ? this.#list() : html`<lectern-waiting></lectern-waiting>`}
        ${this.made ? this.#secret() : nothing}
        <form class="stack" novalidate @submit=${this.#submit}>
          ${field({ id: 'key-name', label: t('account.keyName'), maxlength: 100, hint: t('account.keyNameHint'),
            fault: form.fault('/name') })}
          ${form.rest('/name') ? html`<lectern-problem .problem=${form.problem}></lectern-problem>` : nothing}
          <p class="actions">
            <button aria-disabled=${form.sending ? 'true' : nothing}>${t('account.makeKey')}</button>
          </p>
        </form>
      </section>`;
  }

  #list() {
    return this.keys.length === 0 ? html`<p class="quiet small">${t('account.noKeys')}</p>` : html`
      <ul class="rows">${this.keys.map(({ id, name, createdAt, lastUsedAt }) => html`
        <li>
          <span>
            <strong dir="auto">${name}</strong>
            <span class="quiet small">${t('account.keyMade', { day: day(createdAt) })}
              ${lastUsedAt ? t('account.keyUsed', { ago: ago(lastUsedAt) }) : t('account.keyUnused')}</span>
          </span>
          <button type="button" class="button-quiet" aria-label="${t('account.revoke')}: ${name}"
            @click=${() => this.#revoke(id)}>${t('account.revoke')}</button>
        </li>`)}
      </ul>`;
  }

  #secret() {
    return html`
      <div class="note" role="status">
        <p>${t('account.secretOnce', { name: this.made.name })}</p>
        <p><code class="secret" tabindex="0">${this.made.secret}</code>
          <lectern-copy-button .text=${this.made.secret} .label=${t('account.copyKey')}></lectern-copy-button></p>
        <p><button type="button" class="button-quiet" @click=${() => (this.made = null)}>
          ${t('account.hideKey')}</button></p>
      </div>`;
  }

  async #submit(event) {
    const form = event.currentTarget;
    const made = await this.#form.send(event, async (values) => {
      const name = values['key-name'].trim();
      refuseIf({ '/name': name ? null : t('account.keyNameMissing') });
      const { body } = await request('POST', readerPath('/keys'), { content: { name } });
      this.made = body;
    });
    if (made) {
      form.reset();
      await this.#read();
      this.querySelector('.secret')?.focus();
    }
  }

  async #revoke(id) {
    this.problem = null;
    try {
      await request('DELETE', readerPath(`/keys/${id}`));
      this.made = this.made?.id === id ? null : this.made;
      await this.#read();
      this.querySelector('h2').focus();
    } catch (failure) {
      this.problem = failure;
    }
  }

  async #read() {
    try {
      this.keys = (await readAll(readerPath('/keys'))).items;
    } catch (failure) {
      this.problem = failure;
    }
  }
}

customElements.define('lectern-keys', KeysSection);
