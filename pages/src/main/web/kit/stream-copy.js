// What a tab knows of an event stream.

const MAX_ENTRIES = 500;

/** Of the data of all entries together, in characters. */
const MAX_ENTRIES_LENGTH = 2_000_000;

/**
 * The last id of a stream and its latest entries, so that a tab that missed some can get them from another tab. An
 * entry is `{previous, id, event?, data?}`: each one names the id before it, so that a gap shows.
 */
export class StreamCopy {
  /** The id up to which this tab has everything; undefined if it never had the stream. */
  lastId;

  /** The state as the leader tells it; see StreamHealth, or `unserved`. */
  state = 'connecting';
  since = Date.now();
  heardAt = Date.now();

  #entries = [];
  #length = 0;

  /** The ids of events among the entries. */
  #events = new Set();

  /** Adds an entry. Returns `added`, `known` for one that came before, or `gap`. */
  add(entry) {
    const isEvent = entry.data !== undefined;
    if (isEvent && this.#events.has(entry.id)) {
      return 'known';
    }
    if (entry.previous !== this.lastId && this.lastId !== undefined && entry.event !== 'reset') {
      return entry.id === this.lastId || this.#entries.some(({ id }) => id === entry.id) ? 'known' : 'gap';
    }
    this.lastId = entry.id;
    this.#entries.push(entry);
    this.#length += entry.data?.length ?? 0;
    if (isEvent) {
      this.#events.add(entry.id);
    }
    while (this.#entries.length > MAX_ENTRIES || (this.#length > MAX_ENTRIES_LENGTH && this.#entries.length > 1)) {
      const { id, data } = this.#entries.shift();
      this.#length -= data?.length ?? 0;
      this.#events.delete(id);
    }
    return 'added';
  }

  /** The entries after an id, or null if it is not known any more. */
  after(id) {
    if (id === this.lastId) {
      return [];
    }
    const index = this.#entries.findIndex(({ previous }) => previous === id);
    return index < 0 ? null : this.#entries.slice(index);
  }

  /** Continues at an id. What was before is forgotten. */
  jumpTo(id) {
    this.lastId = id;
    this.#entries = [];
    this.#events.clear();
    this.#length = 0;
  }
}
