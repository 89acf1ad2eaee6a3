// The learning paths of the catalog, kept up to date while they are shown.

import { readAll } from '../../kit/api.js';
import { follow } from '../../kit/live.js';
import { ResourceStore } from '../../kit/store.js';

/** Reads the paths and follows them until it is closed. Its value is the paths by their ids. */
export class CatalogPaths extends ResourceStore {
  isLoaded = false;
  problem = null;

  /** The latest event of a path. */
  latestEvent = null;

  #subscription = follow('catalog', {
    event: (event) => event.type?.startsWith('path-') && this.#apply(event),
    reset: () => this.load(),
  });

  async open() {
    await this.load();
    const seen = await this.#subscription.ready;
    this.#subscription.start();
    if (seen === undefined || seen !== this.cursor) {
      await this.load();
    }
  }

  close() {
    this.#subscription.close();
  }

  async load() {
    try {
      const { items, cursor } = await readAll('/paths');
      const listed = new Set(items.map(({ id }) => id));
      [...this.value.keys()].filter((id) => !listed.has(id)).forEach((id) => this.value.delete(id));
      items.forEach((path) => this.merge(path.id, path));
      this.cursor = cursor;
      this.isLoaded = true;
      this.problem = null;
    } catch (failure) {
      this.problem = failure;
    }
    this.changed();
  }

  #apply(event) {
    const { type, path, data } = event;
    this.latestEvent = event;
    if (type === 'path-removed') {
      this.remove(path ?? data.id);
    } else {
      this.merge(data.id, data);
    }
  }
}
