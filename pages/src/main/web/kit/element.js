// The base of all elements of the pages.

import { LitElement } from 'lit';

/**
 * An element that renders into the page itself, so that one set of styles, labels and headings holds for all.
 * Text is always set as text: a title that looks like HTML is shown as it is written.
 */
export class PageElement extends LitElement {
  #watches = [];

  createRenderRoot() {
    return this;
  }

  /** Renders again whenever a store changes, as long as the element is in the page. */
  watch(...stores) {
    this.#watches.push(...stores.map((store) => ({ store, stop: null })));
    if (this.isConnected) {
      this.#start();
    }
  }

  connectedCallback() {
    super.connectedCallback();
    this.#start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const watch of this.#watches) {
      watch.stop?.();
      watch.stop = null;
    }
  }

  #start() {
    for (const watch of this.#watches) {
      watch.stop ??= watch.store.subscribe(() => this.requestUpdate());
    }
  }
}
