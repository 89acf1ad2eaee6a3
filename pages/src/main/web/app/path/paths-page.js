// All learning paths.

import { html, nothing } from 'lit';
import { PageElement } from '../../kit/element.js';
import { link } from '../../kit/router.js';
import { session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import { CatalogPaths } from './catalog-paths.js';
import { joinedPaths, loadJoinedPaths } from './joined-paths.js';
import { walkedInWords } from './path-words.js';

class PathsPage extends PageElement {
  static properties = { route: { attribute: false }, problem: { state: true } };

  #paths = null;
  #loadingFor = null;
  #stop = null;

  constructor() {
    super();
    this.problem = null;
    this.watch(joinedPaths, session);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#paths = new CatalogPaths();
    this.#stop = this.#paths.subscribe(() => this.requestUpdate());
    this.#paths.open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
    this.#paths.close();
  }

  willUpdate() {
    if (session.value && this.#loadingFor !== session.value.reader) {
      this.#loadingFor = session.value.reader;
      this.#loadMine();
    }
  }

  render() {
    const { isLoaded, problem } = this.#paths;
    const paths = [...this.#paths.value.values()];
    return html`
      <h1>${t('path.listTitle')}</h1>
      <p class="quiet">${t('path.listIntroduction')}</p>
      <lectern-problem .problem=${problem ?? this.problem} .retry=${() => this.#retry()}></lectern-problem>
      ${isLoaded || problem ? nothing : html`<lectern-waiting></lectern-waiting>`}
      ${isLoaded && paths.length === 0 ? html`<p>${t('path.noPaths')}</p>` : nothing}
      <ul class="paths plain-list">${paths.map((path) => this.#path(path))}</ul>`;
  }

  #path({ id, title, summary, gates }) {
    const mine = joinedPaths.get(id);
    const books = new Set(gates.flatMap(({ steps }) => steps.map(({ book }) => book))).size;
    return html`
      <li class="card">
        <h2><a href=${link(`/paths/${id}`)}><bdi>${title}</bdi></a></h2>
        ${summary ? html`<p dir="auto">${summary}</p>` : nothing}
        <p class="quiet">${t('path.gates', { count: gates.length })} · ${t('path.books', { count: books })}</p>
        ${mine?.status === 'joined' ? html`<p class="state-past">✓ ${walkedInWords(mine)}</p>` : nothing}
      </li>`;
  }

  async #loadMine() {
    try {
      await loadJoinedPaths();
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
    }
  }

  #retry() {
    this.#paths.load();
    this.#loadMine();
  }
}

customElements.define('lectern-paths-page', PathsPage);
