// The readings of the reader who is signed in, kept up to date.

import { readAll } from './api.js';
import { follow } from './live.js';
import { onCommandDone, outbox, resumeOutbox, sendCommand } from './outbox.js';
import { ReadingStore } from './reading-store.js';
import { session } from './session.js';
import { newUuid } from './uuid.js';

const RETRY_READ_AFTER = 2_000;

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
