// Commands of the reader: stored first, then sent, so that none is lost.

import { ProblemError, read, request, urlOf } from './api.js';
import { singleRequestOf } from './commands.js';
import { connection, doubtStreams } from './live.js';
import { addToOutbox, outboxOf, outboxSize, removeFromOutbox, updateInOutbox } from './outbox-database.js';
import { readerPath, session, sessionEnded } from './session.js';
import { Store } from './store.js';
import { newUuid } from './uuid.js';
import { t } from './words.js';

/** As many commands may wait. */
const MAX_WAITING = 10_000;

/** As many commands are sent in one list. */
const MAX_LISTED = 500;

/** Of a list of so many the answers are fetched one by one, for the page that waits for them. */
const MAX_REPEATED = 20;

/** A list that is not answered for so long is sent again, in milliseconds. */
const LIST_TIMEOUT = 30_000;

const FIRST_SEND_RETRY = 1_000;
const MAX_SEND_RETRY = 30_000;

/** After so many answers with status 500 a command is refused, so that it does not hold up all others. */
const MAX_FAILURES = 5;

/**
 * The commands of the reader that are not done, oldest first: `{key, type, reading, members, occurredAt, state,
 * problem}`. `state` is `waiting`, `sending` or `refused`; refused ones stay until they are discarded.
 */
export const outbox = new Store([]);

/** How many commands wait. Refused ones do not count. */
export const waitingCount = () => outbox.value.filter(({ state }) => state !== 'refused').length;

const pendingAnswers = new Map();
const doneListeners = [];
const outboxChannel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('lectern-outbox') : null;
let keysBeingSent = new Set();
let presentSending = null;
let isAskedToSendAgain = false;
let outboxChanges = 0;
let wakeSender = null;

/**
 * Does a command, or keeps it until it can be done. `type` and the members are those of a line of
 * `POST R/commands`; `reading` is the id of the reading; of a start it is the UUID that it gets, and `shown` may be
 * the summary of its book, to be shown until the service answers. Returns a promise of `{reading, moved, reason, undo,
 * cursor}`: the reading afterwards, whether and why not a report moved its position, and what undoes the command.
 * It stays pending while the command waits. Fails with a ProblemError if the command is refused or the outbox is
 * full. A refused command stays in the outbox until `discard(error.key)`, for a page that shows the refusal itself.
 */
export async function sendCommand({ type, reading, shown, ...members }) {
  const occurredAt = new Date().toISOString();
  const reader = session.value?.reader;
  if (!reader) {
    throw new ProblemError(401, { detail: t('outbox.signedOut') });
  }
  if ((await outboxSize(reader)) >= MAX_WAITING) {
    throw new ProblemError(0, { detail: t('outbox.full', { count: MAX_WAITING }) });
  }
  const record = { key: newUuid(), reader, type, reading, shown, members, occurredAt, state: 'waiting' };
  const answer = new Promise((resolve, reject) => pendingAnswers.set(record.key, { resolve, reject }));
  await addToOutbox(record);
  showOutbox([...outbox.value, record]);
  tellOutboxTabs({ kind: 'changed' });
  sendOutbox();
  return answer;
}

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

/** Calls a function with `{record, answer}` for each command that is done, before it leaves the outbox. */
export const onCommandDone = (listener) => doneListeners.push(listener);

/** Sends what waits, now. */
export function sendOutbox() {
  if (presentSending) {
    isAskedToSendAgain = true;
    return;
  }
  presentSending = sendInTurn().finally(() => {
    presentSending = null;
    if (isAskedToSendAgain) {
      isAskedToSendAgain = false;
      sendOutbox();
    }
  });
}

/** One tab sends at a time. Without locks two may: the keys make that harmless. */
async function sendInTurn() {
  const reader = session.value?.reader;
  if (!reader) {
    return;
  }
  if (navigator.locks) {
    await navigator.locks.request(`lectern-outbox-${reader}`, () => sendAll(reader));
  } else {
    await sendAll(reader);
  }
}

async function sendAll(reader) {
  let failures = 0;
  while (session.value?.reader === reader) {
    const waiting = (await outboxOf(reader)).filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) {
      break;
    }
    try {
      await (waiting.length === 1 ? sendOne(waiting[0]) : sendList(waiting.slice(0, MAX_LISTED)));
      failures = 0;
    } catch (failure) {
      showSending([]);
      if (!(failure instanceof ProblemError)) {
        throw failure;
      }
      if (failure.status === 401) {
        break;
      }
      failures += 1;
      doubtStreams();
      await retryPause(failure, failures);
    }
  }
  showSending([]);
}

async function retryPause(failure, failures) {
  const backOff = Math.min(MAX_SEND_RETRY, FIRST_SEND_RETRY * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, failure.retryAfter ? failure.retryAfter * 1000 : backOff);
    wakeSender = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  wakeSender = null;
}

/** Sends a command by its own address, whose answer tells most. */
async function sendOne(record) {
  const single = singleRequestOf(record);
  if (!single) {
    await sendList([record]);
    return;
  }
  showSending([record.key]);
  await isolateFailure(record, async () => commandDone(record, await single()));
}

async function isolateFailure(record, work) {
  try {
    await work();
  } catch (failure) {
    if (!(failure instanceof ProblemError) || isWorthRetrying(failure, record)) {
      throw failure;
    }
    await commandRefused(record, failure.status, failure.problem);
  }
}

function isWorthRetrying(failure, record) {
  if (failure.status >= 500 && !failure.isTemporary) {
    record.failures = (record.failures ?? 0) + 1;
    updateInOutbox(record);
    return record.failures < MAX_FAILURES;
  }
  return failure.isTemporary || failure.status === 401;
}

/** Sends many commands in their order. What is answered is done; the rest is sent again. */
async function sendList(records) {
  showSending(records.map(({ key }) => key));
  const mayRepeat = records.length <= MAX_REPEATED;
  const sentAt = new Date().toISOString();
  const lines = records.map((record) => `${JSON.stringify({ ...commandLineOf(record), sentAt })}\n`);
  const response = await postList(lines.join(''));
  const refused = new Map();
  let through = 0;
  let cursor;
  for await (const answer of answersOf(response)) {
    if (answer.through !== undefined) {
      cursor = answer.cursor ?? cursor;
      await listDone(records.slice(through, answer.through), { refused, cursor, mayRepeat });
      through = answer.through;
    } else if (answer.line) {
      refused.set(records[answer.line - 1].key, answer.problem);
    } else {
      throw new ProblemError(answer.problem.status ?? 503, answer.problem);
    }
  }
  if (through < records.length) {
    throw new ProblemError(0, { detail: t('outbox.brokenOff') });
  }
}

function commandLineOf({ key, type, reading, members, occurredAt }) {
  const named = type === 'undo' ? {} : { [type === 'start' ? 'id' : 'reading']: reading };
  return { key, type, ...named, ...members, occurredAt };
}

async function postList(body) {
  let response;
  try {
    response = await fetch(urlOf(readerPath('/commands')), {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', Accept: 'application/x-ndjson, application/problem+json' },
      body,
      signal: AbortSignal.timeout(LIST_TIMEOUT),
    });
  } catch (failure) {
    throw new ProblemError(0, { detail: failure.message });
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    if (response.status === 401) {
      sessionEnded();
    }
    throw new ProblemError(response.status, problem, Number(response.headers.get('Retry-After')) || null);
  }
  return response;
}

async function* answersOf(response) {
  const decoder = new TextDecoder();
  let text = '';
  const reader = response.body.getReader();
  for (;;) {
    const { value, done: ended } = await reader.read().catch((failure) => {
      throw new ProblemError(0, { detail: failure.message });
    });
    if (ended) {
      return;
    }
    const lines = (text + decoder.decode(value, { stream: true })).split('\n');
    text = lines.pop();
    yield* lines.filter(Boolean).map((line) => JSON.parse(line));
  }
}

/** A list does not tell the states that it led to, so they are read, or a command is repeated: its key is known. */
async function listDone(records, { refused, cursor, mayRepeat }) {
  const known = new Map();
  for (const record of records) {
    const problem = refused.get(record.key);
    if (problem && !isRemovedAlready(record, problem)) {
      await commandRefused(record, problem.status, problem);
    } else {
      await commandDone(record, await answerAfterList(record, { known, cursor, mayRepeat }));
    }
  }
}

/** A removal by its own address may have been done before its answer was lost. */
const isRemovedAlready = ({ type }, { status }) => type === 'remove' && status === 404;

async function answerAfterList(record, { known, cursor, mayRepeat }) {
  const single = mayRepeat && pendingAnswers.has(record.key) && singleRequestOf(record);
  try {
    if (single) {
      return await single();
    }
    if (record.reading && record.type !== 'remove' && !known.has(record.reading)) {
      const { body } = await read(readerPath(`/readings/${record.reading}`), { seen: cursor });
      known.set(record.reading, body);
    }
    return { reading: known.get(record.reading), cursor };
  } catch {
    // The command is done. The stream tells the rest.
    return { cursor };
  }
}

async function commandDone(record, answer) {
  doneListeners.forEach((listener) => listener({ record, answer }));
  await removeFromOutbox([record.order]);
  showOutbox(outbox.value.filter(({ key }) => key !== record.key));
  settleAnswer(record.key, ({ resolve }) => resolve(answer));
  tellOutboxTabs({ kind: 'done', record, answer });
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
      doneListeners.forEach((listener) => listener(data));
      settleAnswer(data.record.key, ({ resolve }) => resolve(data.answer));
    } else if (data.kind === 'refused') {
      settleAnswer(data.record.key, ({ reject }) => reject(refusalOf(data.record)));
    } else if (data.kind === 'hurry') {
      wakeSender?.();
      return;
    }
    reloadOutbox();
  };
}

function showOutbox(records) {
  outboxChanges += 1;
  outbox.set(records);
}

/** Reads what is stored. What this page has changed meanwhile counts, so it is read again then. */
async function reloadOutbox() {
  const before = outboxChanges;
  const reader = session.value?.reader;
  const records = reader ? await outboxOf(reader) : [];
  if (outboxChanges !== before || session.value?.reader !== reader) {
    await reloadOutbox();
  } else {
    outbox.set(records.map(shownState));
  }
}

/** Tries again at once, whichever tab it is that waits with the commands. */
function hurryOutbox() {
  wakeSender?.();
  tellOutboxTabs({ kind: 'hurry' });
  if (waitingCount() > 0) {
    sendOutbox();
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
    sendOutbox();
  }
}

session.subscribe(resumeOutbox);
