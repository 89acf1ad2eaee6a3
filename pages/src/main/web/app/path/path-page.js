// A learning path: its gates, and how far I am on it.

import { html, nothing } from 'lit';
import { announce } from '../../kit/announce.js';
import { PageElement } from '../../kit/element.js';
import { loadReadings, readings } from '../../kit/readings.js';
import { isRoute } from '../../kit/router.js';
import { session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import { CatalogPaths } from './catalog-paths.js';
import { joinedPaths, joinPath, leavePath, loadJoinedPaths, onGateOpened } from './joined-paths.js';
import { walkedInWords } from './path-words.js';
import '../shell/api-view.js';
import './gates.js';

class PathPage extends PageElement {
  static properties = {
    route: { attribute: false },
    problem: { state: true },
    opened: { state: true },
    isMineLoaded: { state: true },
    isBusy: { state: true },
  };

  #paths = null;
  #stops = [];
  #loadingFor = null;
  #path = null;
  #retry = null;

  constructor() {
    super();
    this.problem = null;
    this.opened = [];
    this.isMineLoaded = false;
    this.isBusy = false;
    this.watch(joinedPaths, readings, session);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#paths = new CatalogPaths();
    this.#stops = [
      this.#paths.subscribe(() => this.#pathChanged()),
      onGateOpened(({ path, gate }) => path.id === this.#id && this.#gateOpened(gate)),
    ];
    this.#paths.open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stops.forEach((stop) => stop());
    this.#paths.close();
  }

  willUpdate() {
    if (session.value && this.#loadingFor !== session.value.reader) {
      this.#loadingFor = session.value.reader;
      this.#loadMine();
    }
  }

  get #id() {
    return this.route.parameters.id;
  }

  get #mine() {
    const mine = joinedPaths.get(this.#id);
    return mine?.status === 'joined' ? mine : undefined;
  }

  render() {
    const { isLoaded, problem } = this.#paths;
    if (!this.#path) {
      return isLoaded ? html`
        <lectern-not-found .heading=${t('path.notFoundTitle')} .text=${t('path.notFound')}></lectern-not-found>` : html`
        ${problem ? html`<h1>${t('path.pageTitle')}</h1>` : html`<lectern-waiting></lectern-waiting>`}
        <lectern-problem .problem=${problem} .retry=${() => this.#paths.load()}></lectern-problem>`;
    }
    const { title, summary, gates } = this.#path;
    const isRemoved = isLoaded && !this.#paths.get(this.#id);
    return html`
      <h1 dir="auto">${isRemoved ? html`<del>${title}</del>` : title}</h1>
      ${isRemoved ? html`<p class="notice">✕ ${t('path.removed')}</p>` : nothing}
      ${summary ? html`<p dir="auto">${summary}</p>` : nothing}
      <div class="actions path-actions">${this.#actions()}</div>
      <lectern-problem .problem=${this.problem} .retry=${this.#retry}></lectern-problem>
      <lectern-gates .gates=${gates} .mine=${this.#mine}></lectern-gates>
      <lectern-api-view .path=${`/paths/${this.#id}`} .event=${this.#paths.latestEvent} isPublic></lectern-api-view>
      <div class="notices">${this.opened.map((gate) => this.#notice(gate))}</div>`;
  }

  #actions() {
    if (!session.value) {
      const address = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
      return isRoute(address) ? html`<a class="button" href=${address}>${t('path.signIn')}</a>` : nothing;
    }
    if (this.#mine) {
      return html`
        <strong class="state-past">${walkedInWords(this.#mine)}</strong>
        <button type="button" ?disabled=${this.isBusy} @click=${() => this.#do(() => leavePath(this.#mine))}>
          ${t('path.leave')}
        </button>`;
    }
    return html`
      <button type="button" class="button-main" ?disabled=${this.isBusy || !this.isMineLoaded}
        @click=${() => this.#do(() => joinPath(this.#id))}>${t('path.join')}</button>`;
  }

  /** Over the page and not in it, so that nothing moves. */
  #notice(gate) {
    return html`
      <p class="notice">
        <span class="state-good">○ ${t('path.gateOpened', { gate: gate.title })}</span>
        <button type="button" class="button-quiet small" @click=${() => this.#dismiss(gate)}>
          ${t('path.dismiss')}
        </button>
      </p>`;
  }

  async #do(action) {
    this.isBusy = true;
    this.problem = null;
    this.#retry = null;
    try {
      await action();
    } catch (failure) {
      this.problem = failure;
    }
    this.isBusy = false;
    await this.updateComplete;
    if (document.activeElement === document.body) {
      this.querySelector('.path-actions button')?.focus();
    }
  }

  async #loadMine() {
    try {
      await Promise.all([loadJoinedPaths(), loadReadings()]);
      this.problem = null;
    } catch (failure) {
      this.#retry = () => this.#loadMine();
      this.problem = failure;
    }
    this.isMineLoaded = true;
  }

  #pathChanged() {
    const path = this.#paths.get(this.#id);
    if (path && path !== this.#path) {
      this.#path = path;
      this.dispatchEvent(new CustomEvent('page-title', { bubbles: true, detail: path.title }));
    }
    this.requestUpdate();
  }

  #gateOpened(gate) {
    this.opened = [...this.opened.filter(({ id }) => id !== gate.id), gate];
    announce(t('path.gateOpened', { gate: gate.title }));
  }

  #dismiss(gate) {
    this.opened = this.opened.filter((one) => one !== gate);
  }
}

customElements.define('lectern-path-page', PathPage);
