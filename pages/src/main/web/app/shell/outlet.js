// The place where the page of the present address is shown.

import { html } from 'lit';
import { PageElement } from '../../kit/element.js';
import { arriveAt, navigate, presentRoute } from '../../kit/router.js';
import { session } from '../../kit/session.js';
import { t } from '../../kit/words.js';
import './not-found.js';
import './problem.js';
import './waiting.js';

/** Loads the page of each route, puts its element here, and sets the title of the document. */
class Outlet extends PageElement {
  static properties = { page: { state: true } };

  constructor() {
    super();
    this.page = null;
    presentRoute.subscribe((route) => this.#show(route));
    session.subscribe((value) => value === null && presentRoute.value?.entry?.signedIn && this.#show(presentRoute.value));
    this.addEventListener('page-title', ({ detail }) => this.#setTitle(detail));
  }

  connectedCallback() {
    super.connectedCallback();
    if (presentRoute.value) {
      this.#show(presentRoute.value);
    }
  }

  render() {
    return this.page ?? html`<lectern-waiting></lectern-waiting>`;
  }

  async #show(route) {
    const { entry, path, query } = route;
    if (entry?.signedIn && session.value === null) {
      const next = path + (query.size ? `?${query}` : '');
      navigate(`/sign-in?next=${encodeURIComponent(next)}`, { replace: true });
      return;
    }
    if (route.kind === 'query' && this.page?.localName === entry?.element) {
      this.page.route = route;
      return;
    }
    const page = await this.#load(entry);
    if (presentRoute.value !== route) {
      return;
    }
    page.route = route;
    this.#setTitle(entry ? t(entry.title) : t('shell.notFoundTitle'));
    this.page = page;
    await this.updateComplete;
    await arriveAt(page, route);
  }

  async #load(entry) {
    if (!entry) {
      return document.createElement('lectern-not-found');
    }
    try {
      await entry.load();
      return document.createElement(entry.element);
    } catch (failure) {
      console.error(failure);
      const problem = document.createElement('lectern-problem');
      problem.problem = { message: t('shell.notLoaded') };
      problem.retry = () => location.reload();
      return problem;
    }
  }

  #setTitle(title) {
    document.title = title ? t('shell.title', { page: title }) : t('shell.name');
  }
}

customElements.define('lectern-outlet', Outlet);
