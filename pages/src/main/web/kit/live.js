// The event streams that the page follows, over all tabs of the browser.

import { read } from './api.js';
import { showConnection, watchConnection } from './connection.js';
import { EventStream } from './event-stream.js';
import { TabGroup, tabId } from './leader.js';
import { readerPath, session, sessionEnded } from './session.js';
import { StreamCopy } from './stream-copy.js';
import { StreamSubscription } from './subscription.js';

/** As many streams are open in all tabs together. HTTP/1.1 has six connections, and requests need some. */
const MAX_STREAMS = 2;

/** How often the leader tells what its streams are like, in milliseconds. */
const TELL_PERIOD = 5_000;

/** How long until a question to the leader is asked again, in milliseconds. */
const ASK_AGAIN_AFTER = 2_000;

/** How long until a stream is opened again that ended though the session did not, in milliseconds. */
const REOPEN_AFTER = 1_000;

/** By name: where a stream is, and what its service is asked to find out whether it is there. */
const eventStreams = {
  catalog: { path: () => '/catalog/events', check: () => read('/topics', { limit: 1 }), isShared: true },
  reader: { path: () => session.value && readerPath('/events'), check: () => read(readerPath()) },
  activity: { path: () => '/activity/events', check: () => read('/activity', { limit: 1 }), isShared: true },
  // Its snapshots come each second, so that no question is needed; they have no ids.
  operations: { path: () => session.value && '/operations/events', check: async () => {}, hasNoIds: true },
};

const streamCopies = new Map();
const streamSubscriptions = new Set();
const openStreams = new Map();
const askedMissing = new Map();
let hasJoinedGroup = false;
let followedReader = null;

/**
 * Follows a stream: `catalog`, `reader`, `activity` or `operations`. Returns a subscription.
 * `await subscription.ready` is the cursor up to which the stream has come, undefined if there is none; read with
 * `?seen=` this cursor, and then call `subscription.start()`: the events since then are delivered, and all later
 * ones. `reset(reason)` asks to read again, because events were missed. `close()` ends it.
 */
export function follow(name, listener) {
  const subscription = new StreamSubscription(name, listener, (closed) => {
    streamSubscriptions.delete(closed);
    needsChanged();
  });
  streamSubscriptions.add(subscription);
  if (!hasJoinedGroup) {
    hasJoinedGroup = true;
    followedReader = session.value?.reader;
    watchConnection(() => neededNames().map(streamCopyOf));
    setInterval(tellStates, TELL_PERIOD);
    tabGroup.join();
  }
  needsChanged();
  teachSubscriptions(name);
  return subscription;
}

/** The streams that this page needs, without those that nobody may read now. */
function neededNames() {
  return [...new Set([...streamSubscriptions].map(({ name }) => name))].filter((name) => eventStreams[name].path());
}

function needsChanged() {
  tabGroup.announce();
  arrangeStreams();
  showConnection();
}

const tabGroup = new TabGroup({
  describe: () => ({
    names: neededNames(),
    reader: session.value?.reader,
    last: Object.fromEntries(neededNames().map((name) => [name, streamCopies.get(name)?.lastId])),
  }),
  lead: () => {
    arrangeStreams();
    tellStates();
  },
  resign: () => [...openStreams.keys()].forEach(closeStream),
  tabsChanged: (from) => {
    arrangeStreams();
    if (from && from !== tabId) {
      tellStates(from);
    }
  },
  receive: receiveFromTab,
});

/** As leader, opens the streams that the tabs need, those of the tab that is looked at first. */
function arrangeStreams() {
  if (!tabGroup.isLeading) {
    return;
  }
  const tabs = tabGroup.byAttention().filter(({ reader }) => reader === session.value?.reader);
  const needed = [...new Set(tabs.flatMap(({ names }) => names))].filter((name) => eventStreams[name]?.path());
  const served = needed.slice(0, MAX_STREAMS);
  [...openStreams.keys()].filter((name) => !served.includes(name)).forEach(closeStream);
  for (const name of served.filter((one) => !openStreams.has(one))) {
    openStream(name, streamCopies.get(name)?.lastId ?? tabs.find(({ last }) => last?.[name])?.last[name]);
  }
}

function openStream(name, lastId) {
  const stream = new EventStream(eventStreams[name].path(), lastId, {
    blocks: (blocks) => streamHeard(name, blocks),
    changed: () => tellStates(),
    ended: () => streamEnded(name),
    check: eventStreams[name].check,
    isShared: eventStreams[name].isShared,
  });
  openStreams.set(name, stream);
  streamCopyOf(name).lastId ??= lastId;
  stream.open();
  tellStates();
}

function closeStream(name) {
  openStreams.get(name).close();
  openStreams.delete(name);
  if (!neededNames().includes(name)) {
    // Nobody here needs it, so a later start need not continue where it was left.
    streamCopies.delete(name);
  }
  tellStates();
}

function streamHeard(name, blocks) {
  let previous = streamCopyOf(name).lastId;
  const entries = [];
  for (const { id, event, data } of blocks) {
    if (event !== 'end' && (data !== undefined || id !== previous)) {
      entries.push({ previous, id: id ?? previous, event, data });
      previous = id ?? previous;
    }
  }
  tabGroup.send({ kind: 'entries', name, reader: session.value?.reader, entries });
  takeEntries(name, entries);
}

async function streamEnded(name) {
  openStreams.delete(name);
  tabGroup.send({ kind: 'ended', reader: session.value?.reader });
  if (!(await sessionEnded())) {
    setTimeout(needsChanged, REOPEN_AFTER);
  }
}

/** As leader, tells one tab or all what its streams are like. */
function tellStates(to) {
  if (!tabGroup.isLeading) {
    return;
  }
  const states = {};
  for (const [name, { health: { state, since, heardAt } }] of openStreams) {
    states[name] = { state, since, heardAt, lastId: streamCopies.get(name)?.lastId };
  }
  tabGroup.send({ kind: 'states', to, reader: session.value?.reader, states });
  takeStates(states);
}

/** Makes sure that the streams are live, because a request was not answered. */
export function doubtStreams() {
  tabGroup.send({ kind: 'doubt' });
  openStreams.forEach(({ health }) => health.doubt());
}

function receiveFromTab(message) {
  if (message.reader && message.reader !== session.value?.reader) {
    return;
  }
  switch (message.kind) {
    case 'entries':
      takeEntries(message.name, message.entries);
      break;
    case 'states':
      takeStates(message.states);
      break;
    case 'missing':
      answerMissing(message);
      break;
    case 'jump':
      jumpStream(message.name, message.id);
      break;
    case 'ended':
      sessionEnded();
      break;
    case 'doubt':
      openStreams.forEach(({ health }) => health.doubt());
      break;
    default:
      break;
  }
}

/** Takes what a stream brought, and asks the leader if something is missing before it. */
function takeEntries(name, entries) {
  const copy = streamCopyOf(name);
  copy.heardAt = Date.now();
  for (const entry of entries) {
    const result = eventStreams[name].hasNoIds ? 'added' : copy.add(entry);
    if (result === 'gap') {
      askForMissing(name, copy);
      return;
    }
    if (result === 'added') {
      deliverEntry(name, entry);
    }
  }
  teachSubscriptions(name);
}

function subscriptionsOf(name) {
  return [...streamSubscriptions].filter((subscription) => subscription.name === name);
}

function deliverEntry(name, { event, data }) {
  const subscriptions = subscriptionsOf(name);
  if (data === undefined || subscriptions.length === 0) {
    return;
  }
  const content = JSON.parse(data);
  if (event === 'reset') {
    subscriptions.forEach((subscription) => subscription.missed(content.reason));
  } else {
    subscriptions.forEach((subscription) => subscription.deliver(content));
  }
}

function teachSubscriptions(name) {
  const id = streamCopies.get(name)?.lastId;
  if (id !== undefined || eventStreams[name].hasNoIds) {
    subscriptionsOf(name).forEach((subscription) => subscription.learn(id));
  }
}

function takeStates(states) {
  const needed = neededNames();
  for (const [name, copy] of streamCopies) {
    if (!states[name] && !needed.includes(name)) {
      streamCopies.delete(name);
    } else if (!states[name] && copy.state !== 'unserved') {
      copy.state = 'unserved';
      copy.since = Date.now();
    }
  }
  for (const [name, { lastId, ...state }] of Object.entries(states)) {
    const copy = Object.assign(streamCopyOf(name), state);
    if (copy.lastId === undefined && lastId !== undefined) {
      copy.jumpTo(lastId);
      teachSubscriptions(name);
    } else if (copy.lastId !== lastId && !tabGroup.isLeading) {
      askForMissing(name, copy);
    }
  }
  showConnection();
}

function askForMissing(name, { lastId }) {
  const asked = askedMissing.get(name);
  if (asked?.lastId !== lastId || Date.now() - asked.at > ASK_AGAIN_AFTER) {
    askedMissing.set(name, { lastId, at: Date.now() });
    tabGroup.send({ kind: 'missing', name, reader: session.value?.reader, after: lastId });
  }
}

function answerMissing({ from, name, reader, after }) {
  const copy = streamCopies.get(name);
  if (!tabGroup.isLeading || copy?.lastId === undefined) {
    return;
  }
  const entries = copy.after(after);
  tabGroup.send(entries ? { kind: 'entries', to: from, name, reader, entries }
    : { kind: 'jump', to: from, name, reader, id: copy.lastId });
}

/** What was missed cannot be had any more, so those who follow read again. */
function jumpStream(name, id) {
  streamCopyOf(name).jumpTo(id);
  subscriptionsOf(name).forEach((subscription) => subscription.missed('missed'));
}

function streamCopyOf(name) {
  if (!streamCopies.has(name)) {
    streamCopies.set(name, new StreamCopy());
  }
  return streamCopies.get(name);
}

session.subscribe((value) => {
  if (value?.reader !== followedReader) {
    followedReader = value?.reader;
    ['reader', 'operations'].filter((name) => openStreams.has(name)).forEach(closeStream);
    streamCopies.delete('reader');
    needsChanged();
  }
});
