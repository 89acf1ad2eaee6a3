// Where the reader is signed in.

import { html, nothing } from 'lit';

import { readAll, request } from '../../kit/api.js';
import { PageElement } from '../../kit/element.js';
import { ago, day } from '../../kit/format.js';
import { navigate } from '../../kit/router.js';
import { readerPath, signOut } from '../../kit/session.js';
import { t } from '../../kit/words.js';

const BROWSERS = [['Firefox', /Firefox\//], ['Edge', /Edg\//], ['Opera', /OPR\//], ['Chrome', /Chrom(e|ium)\//],
  ['Safari', /Safari\//], ['curl', /^curl\//], ['Java', /^Java|ReactorNetty/]];

const SYSTEMS = [['Android', /Android/], ['iPhone', /iPhone/], ['iPad', /iPad/], ['Windows', /Windows/],
  ['macOS', /Mac OS X/], ['ChromeOS', /CrOS/], ['Linux', /Linux/]];

/** How many sessions are shown at first: this one, and the latest of the others. */
const SHOWN_SESSIONS = 10;

/** Names the client of a `User-Agent`, for example "Firefox, Linux". What is not known stays as it is. */
export function clientName(userAgent) {
  const names = [BROWSERS, SYSTEMS].map((known) => known.find(([, pattern]) => pattern.test(userAgent))?.[0]);
  return names.filter(Boolean).join(', ') || userAgent || t('account.unknownClient');
}

/** Lists the sessions, and ends one of them or all. */
class SessionsSection extends PageElement {
  static properties = {
    sessions: { state: true },
    problem: { state: true },
    ending: { state: true },
    count: { state: true },
  };

  constructor() {
    super();
    this.count = SHOWN_SESSIONS;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  render() {
    return html`
      <section class="card" aria-labelledby="sessions-title">
        <h2 id="sessions-title" tabindex="-1">${t('account.sessions')}</h2>
        <p>${t('account.sessionsExplanation')}</p>
        ${this.problem ? html`<lectern-problem .problem=${this.problem}></lectern-problem>` : nothing}
        ${this.sessions ? this.#list() : this.problem ? nothing : html`<lectern-waiting></lectern-waiting>`}
        <p class="actions"><button type="button" @click=${this.#endAll}>${t('account.signOutEverywhere')}</button></p>
      </section>`;
  }

  #list() {
    const more = this.sessions.length - this.count;
    return html`
      <ul class="rows">${this.sessions.slice(0, this.count).map((one) => this.#session(one))}</ul>
      ${more > 0 ? html`<p><button type="button" class="button-quiet" @click=${() => (this.count += more)}>
        ${t('account.moreSessions', { count: more })}</button></p>` : nothing}`;
  }

  #session({ id, client, createdAt, renewedAt, current }) {
    return html`
      <li>
        <span>
          <strong dir="auto" title=${client}>${clientName(client)}</strong>
          ${current ? html`<span class="tag">${t('account.thisBrowser')}</span>` : nothing}
          <span class="quiet small">${t('account.sessionTimes', { since: day(createdAt), seen: ago(renewedAt) })}</span>
        </span>
        <button type="button" class="button-quiet" aria-disabled=${this.ending === id ? 'true' : nothing}
          aria-label="${t('account.signOut')}: ${clientName(client)}" @click=${() => this.#end(id, current)}>
          ${t('account.signOut')}</button>
      </li>`;
  }

  async #read() {
    await this.#attempt(async () => {
      const { items } = await readAll(readerPath('/sessions'));
      const seen = ({ renewedAt }) => Date.parse(renewedAt);
      this.sessions = items.sort((one, other) => other.current - one.current || seen(other) - seen(one));
    });
  }

  async #end(id, isCurrent) {
    this.ending = id;
    await this.#attempt(async () => {
      if (isCurrent) {
        if (await signOut()) {
          navigate('/');
        }
      } else {
        await request('DELETE', readerPath(`/sessions/${id}`));
        await this.#read();
        // The button is gone.
        this.querySelector('h2').focus();
      }
    });
    this.ending = null;
  }

  async #endAll() {
    await this.#attempt(async () => {
      if (await signOut({ everywhere: true })) {
        navigate('/sign-in');
      }
    });
  }

  async #attempt(action) {
    this.problem = null;
    try {
      await action();
    } catch (failure) {
      this.problem = failure;
    }
  }
}

customElements.define('lectern-sessions', SessionsSection);
