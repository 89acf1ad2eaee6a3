// What surrounds every page.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { isRoute, link, presentRoute } from '../../kit/router.js';
import { hasRole, session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import './outlet.js';
import './status-pill.js';
import './theme-choice.js';

const SHELL_PLACES = [
  { address: '/books', name: 'shell.library', alsoAt: '/' },
  { address: '/paths', name: 'shell.paths' },
  { address: '/now', name: 'shell.now' },
  { address: '/me', name: 'shell.reading', signedIn: true },
  { address: '/operations', name: 'shell.operations', role: 'operator' },
  { address: '/curate/imports', name: 'shell.curate', role: 'curator' },
];

/** Header with the navigation, the page, and footer. `sessionKnown` is false as long as it is not known who reads. */
class Shell extends PageElement {
  static properties = { sessionKnown: { attribute: false } };

  constructor() {
    super();
    this.sessionKnown = false;
    this.watch(session, presentRoute);
  }

  render() {
    return html`
      <a class="skip-link button" href="#main" @click=${this.#skip}>${t('shell.skip')}</a>
      <header class="shell-header">
        <div class="shell-bar">
          <a class="shell-brand" href="/">${t('shell.name')}</a>
          <nav class="shell-nav" aria-label=${t('shell.navigation')}>
            <ul class="plain-list">
              ${SHELL_PLACES.filter((place) => this.#isShown(place)).map((place) => this.#place(place))}
            </ul>
          </nav>
          <div class="shell-side">
            <lectern-status-pill></lectern-status-pill>
            ${this.sessionKnown ? this.#account() : nothing}
          </div>
        </div>
      </header>
      <p id="announcements" class="visually-hidden" role="status"></p>
      <main id="main" class="shell-main" tabindex="-1"><lectern-outlet></lectern-outlet></main>
      <footer class="shell-footer">
        <div class="shell-bar">
          <ul class="plain-list">
            <li><a href="/api/v1">${t('shell.api')}</a></li>
            <li><a href="/docs">${t('shell.docs')}</a></li>
            <li><a href="/problems">${t('shell.problems')}</a></li>
          </ul>
          <lectern-theme-choice></lectern-theme-choice>
        </div>
      </footer>`;
  }

  #isShown({ address, signedIn, role }) {
    return isRoute(address) && (!signedIn || session.value !== null) && (!role || hasRole(role));
  }

  #place({ address, name, alsoAt }) {
    const { path, entry } = presentRoute.value ?? {};
    const isHere = path === address || (path === alsoAt && !entry?.signedIn);
    const current = isHere ? 'page' : path?.startsWith(`${address}/`) ? 'true' : nothing;
    return html`<li><a href=${address} aria-current=${current}>${t(name)}</a></li>`;
  }

  #account() {
    return session.value
      ? html`<a href=${link('/me/account')} dir="auto">${session.value.name ?? session.value.reader}</a>`
      : isRoute('/sign-in') ? html`<a href=${this.#signInAddress()}>${t('shell.signIn')}</a>` : nothing;
  }

  #signInAddress() {
    const { path, query } = presentRoute.value ?? {};
    const next = path && path !== '/' && path !== '/sign-in' ? path + (query.size ? `?${query}` : '') : null;
    return next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in';
  }

  #skip(event) {
    event.preventDefault();
    const main = this.querySelector('main');
    main.focus();
    main.scrollIntoView();
  }
}

customElements.define('lectern-shell', Shell);
