// The readings of the reader who is signed in, kept up to date.

import { readAll } from './api.js';
import { follow } from './live.js';
import { onCommandDone, outbox, pendingCommands, resumeOutbox, sendCommand } from './outbox.js';
import { readerPath, session } from './session.js';
import { ResourceStore } from './store.js';
import { newUuid } from './uuid.js';

const RETRY_READ_AFTER = 2_000;

/**
 * Readings as the service has them, with the commands that wait laid over them. Such a reading has `pending: true`,
 * and its position too if that is what waits; `confirmed` is then the reading as the service has it, undefined if
 * it does not know it yet.
 */
class ReadingStore extends ResourceStore {
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

export const readings = new ReadingStore();

let readingsLoading = null;
let readingsSubscription = null;
let loadedReader = null;

/** Reads the readings once, and follows them from then on. Fails with a ProblemError if they cannot be read. */
export function loadReadings() {
  if (!session.value) {
    return Promise.resolve();
  }
  readingsLoading ??= startFollowing().catch((failure) => {
    readingsLoading = null;
    throw failure;
  });
  return readingsLoading;
}

async function startFollowing() {
  const { reader } = session.value;
  loadedReader = reader;
  readingsSubscription ??= follow('reader', { event: applyReaderEvent, reset: () => readAgain(reader) });
  const followed = readingsSubscription;
  resumeOutbox();
  const seen = await followed.ready;
  await readReadings(reader, seen);
  followed.start();
}

async function readReadings(reader, seen) {
  const before = readings.knownIds;
  const { items } = await readAll(`/readers/${reader}/readings`, { seen });
  if (session.value?.reader === reader) {
    items.forEach((reading) => readings.merge(reading.id, reading));
    const listed = new Set(items.map(({ id }) => id));
    readings.removeAll(before.filter((id) => !listed.has(id)));
  }
}

async function readAgain(reader) {
  try {
    await readReadings(reader);
  } catch {
    setTimeout(() => session.value?.reader === reader && readAgain(reader), RETRY_READ_AFTER);
  }
}

function applyReaderEvent({ type, reading, version, data }) {
  if (!reading || !data) {
    return;
  }
  if (type === 'reading-started') {
    readings.merge(reading, data);
  } else if (readings.isKnown(reading)) {
    readings.merge(reading, { ...data, version });
  } else if (!data.removed) {
    readAgain(session.value.reader);
  }
}

/**
 * Keeps the readings of whoever is signed in loaded, so that each page knows them and hears when the session ends.
 */
export function keepReadings() {
  session.subscribe(loadAgainAndAgain);
  loadAgainAndAgain();
}

async function loadAgainAndAgain() {
  try {
    await loadReadings();
  } catch {
    setTimeout(loadAgainAndAgain, RETRY_READ_AFTER * (1 + Math.random()));
  }
}

function stopFollowing() {
  readingsSubscription?.close();
  readingsSubscription = null;
  readingsLoading = null;
  readings.clear();
}

/** The open reading of a book, else the latest one, else undefined. */
export function readingOf(bookId) {
  const all = [...readings.value.values()].filter(({ book }) => book.id === bookId);
  const latest = (list) => list.sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt))[0];
  return latest(all.filter(({ status }) => status === 'reading')) ?? latest(all);
}

/**
 * Starts to read a book, or goes on with the reading that is open. Returns the answer of `sendCommand`; its
 * `reading` tells the id, because another device may have begun the book before.
 */
export const startReading = (bookId, members = {}) =>
  sendCommand({ type: 'start', reading: newUuid(), book: bookId, ...members });

// The answer is merged before the command leaves the outbox, so that no older value shows in between.
onCommandDone(({ record, answer }) => {
  if (answer.reading?.id && loadedReader === session.value?.reader) {
    readings.addAlias(record.reading ?? answer.reading.id, answer.reading.id);
    readings.merge(answer.reading.id, answer.reading);
  }
});

outbox.subscribe(() => readings.showAll());

session.subscribe((value) => {
  if (value?.reader !== loadedReader) {
    loadedReader = value?.reader;
    stopFollowing();
  }
});
