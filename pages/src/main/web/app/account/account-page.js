// The account of the reader: profile, password, sessions, keys, and the way out.

import { html, nothing } from 'lit';

import './erase-form.js';
import './keys-section.js';
import './password-form.js';
import './profile-form.js';
import './sessions-section.js';
import '../shell/api-view.js';
import { read, urlOf } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { day } from '../../kit/format.js';
import { navigate } from '../../kit/router.js';
import { readerPath, refreshSession, session, signOut } from '../../kit/session.js';
import { t } from '../../kit/words.js';

/** The page at `/me/account`. All its forms change one document, so they share the version that was read. */
class AccountPage extends PageElement {
  static properties = {
    route: { attribute: false },
    profile: { state: true },
    etag: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    this.watch(session);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  render() {
    return html`
      <h1 tabindex="-1">${t('account.title')}</h1>
      ${this.problem ? html`<lectern-problem .problem=${this.problem}></lectern-problem>` : nothing}
      ${this.profile && session.value ? this.#sections() : html`<lectern-waiting></lectern-waiting>`}`;
  }

  #sections() {
    const { reader, roles, createdAt } = this.profile;
    return html`
      <p class="actions">
        <span class="quiet small">${t('account.who', { reader, day: day(createdAt) })}</span>
        ${roles.map((role) => html`<span class="tag">${role}</span>`)}
        <button type="button" @click=${this.#signOut}>${t('account.signOut')}</button>
      </p>
      <div class="account" @account-changed=${this.#accept}>
        <lectern-profile-form .profile=${this.profile} .etag=${this.etag}></lectern-profile-form>
        <lectern-password-form .etag=${this.etag}></lectern-password-form>
        <lectern-sessions></lectern-sessions>
        <lectern-keys></lectern-keys>
        <section class="card" aria-labelledby="export-title">
          <h2 id="export-title">${t('account.export')}</h2>
          <p>${t('account.exportExplanation')}</p>
          <p><a class="button" href=${urlOf(readerPath('/export'))} download="lectern-${reader}.ndjson">
            ${t('account.download')}</a></p>
        </section>
        <lectern-erase-form .etag=${this.etag}></lectern-erase-form>
        <lectern-api-view .path=${readerPath('')}></lectern-api-view>
      </div>`;
  }

  async #read() {
    try {
      const { body, etag } = await read(readerPath(''));
      this.profile = body;
      this.etag = etag;
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
    }
  }

  async #signOut() {
    try {
      if (await signOut()) {
        navigate('/');
      }
    } catch (failure) {
      this.problem = failure;
    }
  }

  #accept({ detail: { profile, etag } }) {
    this.profile = profile;
    this.etag = etag;
    refreshSession();
  }
}

customElements.define('lectern-account-page', AccountPage);
