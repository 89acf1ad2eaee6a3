// Commands of the reader: stored first, then sent, so that none is lost.

import { ProblemError } from './api.js';
import { connection } from './connection.js';
import { addToOutbox, outboxOf, outboxSize, removeFromOutbox, updateInOutbox } from './outbox-database.js';
import { OutboxSender } from './outbox-sender.js';
import { session } from './session.js';
import { Store } from './store.js';
import { newUuid } from './uuid.js';
import { t } from './words.js';

/** As many commands may wait. */
const MAX_WAITING = 10_000;

/**
 * The commands of the reader that are not done, oldest first: `{key, type, reading, members, occurredAt, state,
 * problem}`. `state` is `waiting`, `sending` or `refused`; refused ones stay until they are discarded.
 */
export const outbox = new Store([]);

/** How many commands wait. Refused ones do not count. */
export const waitingCount = () => outbox.value.filter(({ state }) => state !== 'refused').length;

const pendingAnswers = new Map();
/** Promises of the commands that are not stored yet. */
const commandsBeingStored = new Set();
const doneListeners = new Set();
const outboxChannel = globalThis.BroadcastChannel ? new BroadcastChannel('lectern-outbox') : null;
let keysBeingSent = new Set();
let outboxChanges = 0;
let outboxReload = null;

const outboxSender = new OutboxSender({
  done: commandsDone,
  refused: commandRefused,
  sending: showSending,
  isAwaited: (key) => pendingAnswers.has(key),
});

/**
 * Does a command, or keeps it until it can be done. `type` and the members are those of a line of `POST R/commands`.
 * `reading` is the id of the reading; of a start it is the UUID that it gets, and `shown` may be the summary of its
 * book, to be shown until the service answers. Returns a promise of `{reading, moved, reason, undo, cursor}`: the
 * reading afterwards, whether and why not a report moved its position, and what undoes the command. It stays pending
 * while the command waits. Fails with a ProblemError if the command is refused, or cannot be stored because there are
 * too many. A refused command stays in the outbox until `discard(error.key)`, for a page that shows the refusal itself.
 */
export async function sendCommand(command) {
  const record = await whileStored(storeCommand(command));
  const answer = new Promise((resolve, reject) => pendingAnswers.set(record.key, { resolve, reject }));
  tellOutboxTabs({ kind: 'added' });
  outboxSender.send();
  return answer;
}

async function storeCommand({ type, reading, shown, ...members }) {
  const occurredAt = new Date().toISOString();
  const reader = session.value?.reader;
  if (!reader) {
    throw new ProblemError(401, { detail: t('outbox.signedOut') });
  }
  if ((await outboxSize(reader)) >= MAX_WAITING) {
    throw new ProblemError(0, { detail: t('outbox.full', { count: MAX_WAITING }) });
  }
  const record = { key: newUuid(), reader, type, reading, shown, members, occurredAt, state: 'waiting' };
  await addToOutbox(record).catch((failure) => {
    throw new ProblemError(0, { detail: t('outbox.notStored', { reason: failure.message }) });
  });
  showOutbox([...outbox.value, record]);
  return record;
}

async function whileStored(storing) {
  commandsBeingStored.add(storing);
  try {
    return await storing;
  } finally {
    commandsBeingStored.delete(storing);
  }
}

/** Waits until each command so far is in the outbox, or cannot be stored. Never fails. */
export const outboxStored = () => Promise.allSettled(commandsBeingStored);

/** The position of the latest report of a reading that waits, as `{fraction, page, …, occurredAt}`, or null. */
export function pending(reading) {
  const last = pendingCommands(reading).findLast(({ type }) => type === 'report');
  return last ? { ...last.members, occurredAt: last.occurredAt, pending: true } : null;
}

/** The commands about a reading that are neither done nor refused. */
export const pendingCommands = (reading) =>
  outbox.value.filter((record) => record.reading === reading && record.state !== 'refused');

/** Gives a command up, or takes note of its refusal. */
export async function discard(key) {
  const record = outbox.value.find((one) => one.key === key);
  if (record) {
    await removeFromOutbox([record.order]);
    pendingAnswers.delete(key);
    await reloadOutbox();
    tellOutboxTabs({ kind: 'changed' });
  }
}

/**
 * Calls a function with `{record, answer}` for each command that is done, before it leaves the outbox. Returns the
 * function that ends this.
 */
export function onCommandDone(listener) {
  doneListeners.add(listener);
  return () => doneListeners.delete(listener);
}

async function commandsDone(items) {
  tellDoneListeners(items);
  await removeFromOutbox(items.map(({ record }) => record.order));
  const keys = new Set(items.map(({ record }) => record.key));
  showOutbox(outbox.value.filter(({ key }) => !keys.has(key)));
  settleDone(items);
  tellOutboxTabs({ kind: 'done', items });
}

function tellDoneListeners(items) {
  items.forEach((item) => doneListeners.forEach((listener) => listener(item)));
}

function settleDone(items) {
  items.forEach(({ record, answer }) => settleAnswer(record.key, ({ resolve }) => resolve(answer)));
}

async function commandRefused(record, status, problem) {
  const refusedRecord = { ...record, state: 'refused', status, problem };
  await updateInOutbox(refusedRecord);
  showOutbox(outbox.value.map((one) => (one.key === record.key ? refusedRecord : one)));
  settleAnswer(record.key, ({ reject }) => reject(refusalOf(refusedRecord)));
  tellOutboxTabs({ kind: 'refused', record: refusedRecord });
}

const refusalOf = ({ key, status, problem }) => Object.assign(new ProblemError(status, problem), { key });

function settleAnswer(key, action) {
  if (pendingAnswers.has(key)) {
    action(pendingAnswers.get(key));
    pendingAnswers.delete(key);
  }
}

function showSending(keys) {
  keysBeingSent = new Set(keys);
  outbox.set(outbox.value.map(shownState));
}

function shownState(record) {
  if (record.state === 'refused') {
    return record;
  }
  const state = keysBeingSent.has(record.key) ? 'sending' : 'waiting';
  return record.state === state ? record : { ...record, state };
}

function tellOutboxTabs(message) {
  outboxChannel?.postMessage({ ...message, reader: session.value?.reader });
}

if (outboxChannel) {
  outboxChannel.onmessage = ({ data }) => {
    if (data.reader !== session.value?.reader) {
      return;
    }
    if (data.kind === 'done') {
      tellDoneListeners(data.items);
      settleDone(data.items);
    } else if (data.kind === 'refused') {
      settleAnswer(data.record.key, ({ reject }) => reject(refusalOf(data.record)));
    } else if (data.kind === 'added' || data.kind === 'hurry') {
      outboxSender.send({ atOnce: data.kind === 'hurry' });
    }
    reloadOutbox();
  };
}

function showOutbox(records) {
  outboxChanges += 1;
  outbox.set(records);
}

/** Reads what is stored; again if this page or another tab has changed it meanwhile. */
async function reloadOutbox() {
  outboxChanges += 1;
  outboxReload ??= readOutbox().finally(() => {
    outboxReload = null;
  });
  await outboxReload;
}

async function readOutbox() {
  let before;
  let records;
  do {
    before = outboxChanges;
    const reader = session.value?.reader;
    records = reader ? (await outboxOf(reader)).filter(() => session.value?.reader === reader) : [];
  } while (outboxChanges !== before);
  outbox.set(records.map(shownState));
}

/** Tries again at once, whichever tab it is that waits with the commands. */
export function hurryOutbox() {
  if (waitingCount() > 0) {
    tellOutboxTabs({ kind: 'hurry' });
    outboxSender.send({ atOnce: true });
  }
}

addEventListener('online', hurryOutbox);

let wasConnectionLive = false;
connection.subscribe(({ state }) => {
  if (state === 'live' && !wasConnectionLive) {
    hurryOutbox();
  }
  wasConnectionLive = state === 'live';
});

let outboxReader = null;

/** Takes up what an earlier page of this reader left. */
export async function resumeOutbox() {
  if (session.value?.reader !== outboxReader) {
    outboxReader = session.value?.reader;
    await reloadOutbox();
    outboxSender.send();
  }
}

session.subscribe(resumeOutbox);
