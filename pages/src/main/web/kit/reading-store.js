// Readings with what waits to be sent.

import { outbox, pendingCommands } from './outbox.js';
import { ResourceStore } from './store.js';

/**
 * Readings as the service has them, with the commands that wait laid over them. Such a reading has `pending: true`,
 * and its position too if that is what waits; `confirmed` is then the reading as the service has it, undefined if
 * it does not know it yet.
 */
export class ReadingStore extends ResourceStore {
  #confirmed = new Map();
  #aliases = new Map();

  get(id) {
    return super.get(this.#aliases.get(id) ?? id);
  }

  /** Another device had begun the book: the id that was chosen here is one more of that reading. */
  addAlias(alias, id) {
    if (alias !== id) {
      this.#aliases.set(alias, id);
    }
  }

  /** Takes a whole reading that the service told, or a change of one, in which members that are null go. */
  merge(id, change) {
    const known = this.#confirmed.get(id);
    if (known && known.version >= change.version) {
      return false;
    }
    const merged = change.book ? change : { ...known, ...change };
    this.#confirmed.set(id, Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)));
    this.show(id);
    return true;
  }

  isKnown(id) {
    return this.#confirmed.has(id);
  }

  get knownIds() {
    return [...this.#confirmed.keys()];
  }

  removeAll(ids) {
    ids.forEach((id) => this.#confirmed.delete(id));
    this.showAll();
  }

  remove(id) {
    this.#confirmed.delete(id);
    this.show(id);
  }

  clear() {
    this.#confirmed.clear();
    this.#aliases.clear();
    super.clear();
  }

  /** Lays what waits over a reading again. */
  show(id) {
    this.#lay(id);
    this.changed();
  }

  showAll() {
    const started = outbox.value.filter(({ type }) => type === 'start').map(({ reading }) => reading);
    for (const id of new Set([...this.value.keys(), ...this.#confirmed.keys(), ...started])) {
      this.#lay(id);
    }
    this.changed();
  }

  #lay(id) {
    const confirmed = this.#confirmed.get(id);
    const aliases = [...this.#aliases].filter(([, of]) => of === id).map(([alias]) => alias);
    const shown = [id, ...aliases].flatMap(pendingCommands).reduce(withCommand, confirmed);
    if (!shown || shown.removed) {
      this.value.delete(id);
    } else {
      this.value.set(id, shown === confirmed ? confirmed : { ...shown, pending: true, confirmed });
    }
  }
}

/** What a command that waits will probably do to a reading. */
function withCommand(reading, { type, members, occurredAt, reading: id, shown }) {
  if (type === 'start') {
    const book = shown ?? { id: members.book, title: members.book, authors: [] };
    return reading ?? { id, book, status: 'reading', startedAt: occurredAt, devices: [], version: 0 };
  }
  if (!reading) {
    return reading;
  }
  switch (type) {
    case 'report':
      return { ...reading, position: pendingPositionOf(reading, members, occurredAt) };
    case 'finish':
      return { ...reading, status: 'finished', finishedAt: occurredAt };
    case 'abandon':
      return { ...reading, status: 'abandoned' };
    case 'reopen':
    case 'resume':
      return { ...reading, status: 'reading', finishedAt: undefined };
    case 'plan':
      return { ...reading, plan: { ...reading.plan, finishBy: members.finishBy } };
    case 'remove-plan':
      return { ...reading, plan: undefined };
    case 'remove':
      return { ...reading, removed: true };
    default:
      return reading;
  }
}

function pendingPositionOf({ pages }, { fraction, page, chapter, locator, device }, occurredAt) {
  const known = fraction ?? (pages ? Math.min(1, page / pages) : 0);
  return { fraction: known, page, chapter, locator, device, occurredAt, pending: true };
}
