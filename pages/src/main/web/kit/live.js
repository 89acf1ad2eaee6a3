// The event streams that the page follows, over all tabs of the browser.

import { read } from './api.js';
import { EventStream, STREAM_SILENCE, isCursor } from './event-stream.js';
import { TabCircle, tabId } from './leader.js';
import { readerPath, session, sessionEnded, signedOutElsewhere } from './session.js';
import { Store } from './store.js';
import { StreamCopy } from './stream-copy.js';

/** As many streams are open in all tabs together. HTTP/1.1 has six connections, and requests need some. */
const MAX_STREAMS = 2;

/** How long `ready` waits for a stream that does not answer, in milliseconds. */
const READY_TIMEOUT = 3_000;

/** How long a stream that the leader does not have may be a stream that it opens next, in milliseconds. */
const UNSERVED_TIME = 3_000;

const MAX_QUEUED_EVENTS = 5_000;
const TELL_PERIOD = 5_000;

/** How often the page looks whether a stream has fallen silent, in milliseconds. */
const CONNECTION_CHECK_PERIOD = 1_000;

/** From the best to the worst; a page is as well connected as the worst of its streams. */
const CONNECTION_RANKS = ['live', 'reconnecting', 'stale', 'offline', 'signed-out'];

/**
 * How well the page is connected: `{state, since: Date, fetching}`. `state` is `live`, `reconnecting` (with
 * `fetching` while what was missed is coming), `offline`, `stale` (as of `since`), `signed-out`, or `idle` while the
 * page needs no stream.
 */
export const connection = new Store({ state: 'idle', since: new Date(), fetching: false });

const streamPaths = {
  catalog: () => '/catalog/events',
  reader: () => session.value && readerPath('/events'),
  activity: () => '/activity/events',
  operations: () => '/operations/events',
};

/** What the service of a stream is asked to find out whether it is there. */
const streamChecks = {
  catalog: () => read('/topics', { limit: 1 }),
  reader: () => read(readerPath()),
  activity: () => read('/activity', { limit: 1 }),
  operations: () => Promise.resolve(),
};

const streamCopies = new Map();
const streamSubscriptions = new Set();
const openStreams = new Map();
const askedMissing = new Map();
let hasJoinedCircle = false;
let followedReader = null;

/**
 * Follows a stream: `catalog`, `reader`, `activity` or `operations`. Returns a subscription.
 * `await subscription.ready` is the cursor up to which the stream has come, undefined if there is none; read with
 * `?seen=` this cursor, and then call `subscription.start()`: the events since then are delivered, and all later
 * ones. `reset(reason)` asks to read again, because events were missed. `close()` ends it.
 */
export function follow(name, { event, reset = () => {} }) {
  const subscription = new Subscription(name, event, reset);
  streamSubscriptions.add(subscription);
  if (!hasJoinedCircle) {
    hasJoinedCircle = true;
    followedReader = session.value?.reader;
    tabCircle.join();
    setInterval(showConnection, CONNECTION_CHECK_PERIOD);
  }
  needsChanged();
  subscription.learn(streamCopies.get(name));
  return subscription;
}

class Subscription {
  isStarted = false;

  #resolve;
  #isReady = false;
  #isLate = false;
  #queue = [];
  #overflown = false;

  constructor(name, event, reset) {
    this.name = name;
    this.since = Date.now();
    this.ready = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.event = event;
    this.reset = reset;
    setTimeout(() => this.#giveUp(), READY_TIMEOUT);
    if (name === 'operations') {
      this.#beReady(undefined);
    }
  }

  /** Takes the first id of the stream. */
  learn(copy) {
    if (copy?.lastId === undefined) {
      return;
    }
    if (!this.#isReady) {
      this.#beReady(copy.lastId);
    } else if (this.#isLate) {
      this.#isLate = false;
      this.missed('connected');
    }
  }

  deliver(event) {
    if (this.isStarted) {
      this.event(event);
    } else if (this.#queue.length < MAX_QUEUED_EVENTS) {
      this.#queue.push(event);
    } else {
      this.#overflown = true;
    }
  }

  missed(reason) {
    if (this.isStarted) {
      this.reset(reason);
    } else {
      this.#overflown ||= this.#isReady;
    }
  }

  start() {
    const queue = this.#queue;
    this.#queue = [];
    this.isStarted = true;
    if (this.#overflown) {
      this.reset('overflow');
    } else {
      queue.forEach((event) => this.event(event));
    }
  }

  close() {
    streamSubscriptions.delete(this);
    this.event = () => {};
    this.reset = () => {};
    needsChanged();
  }

  /** An id that is a time is none that a read could wait for. */
  #beReady(id) {
    this.#isReady = true;
    this.#resolve(isCursor(id) ? id : undefined);
  }

  #giveUp() {
    if (!this.#isReady) {
      this.#isLate = true;
      this.#beReady(undefined);
    }
  }
}

/** The streams that this page needs, without those that nobody may read now. */
function neededNames() {
  return [...new Set([...streamSubscriptions].map(({ name }) => name))].filter((name) => streamPaths[name]());
}

function needsChanged() {
  tabCircle.announce();
  arrangeStreams();
  showConnection();
}

const tabCircle = new TabCircle({
  describe: () => ({
    names: neededNames(),
    reader: session.value?.reader,
    last: Object.fromEntries(neededNames().map((name) => [name, streamCopies.get(name)?.lastId])),
  }),
  lead: () => {
    arrangeStreams();
    tellStates();
  },
  resign: () => {
    [...openStreams.keys()].forEach(closeStream);
  },
  tabsChanged: (from) => {
    if (tabCircle.isLeading) {
      arrangeStreams();
      if (from && from !== tabId) {
        tellStates(from);
      }
    }
  },
  receive: receiveFromTab,
});

setInterval(() => tabCircle.isLeading && tellStates(), TELL_PERIOD);

/** Opens the streams that the tabs need, those of the tab that is looked at first. */
function arrangeStreams() {
  if (!tabCircle.isLeading) {
    return;
  }
  const tabs = tabCircle.byAttention().filter(({ reader }) => reader === session.value?.reader);
  const wanted = [...new Set(tabs.flatMap(({ names }) => names))].filter((name) => streamPaths[name]()).slice(0, MAX_STREAMS);
  [...openStreams.keys()].filter((name) => !wanted.includes(name)).forEach(closeStream);
  for (const name of wanted.filter((one) => !openStreams.has(one))) {
    openStream(name, streamCopies.get(name)?.lastId ?? tabs.find(({ last }) => last?.[name])?.last[name]);
  }
}

function openStream(name, lastId) {
  const stream = new EventStream(streamPaths[name](), lastId, {
    blocks: (blocks) => streamHeard(name, blocks),
    changed: () => tellStates(),
    ended: () => streamEnded(name),
    check: streamChecks[name],
  });
  openStreams.set(name, stream);
  const copy = streamCopyOf(name);
  copy.lastId ??= lastId;
  stream.open();
  tellStates();
}

function closeStream(name) {
  openStreams.get(name).close();
  openStreams.delete(name);
  const copy = streamCopies.get(name);
  if (copy && !neededNames().includes(name)) {
    // Nobody here needs it, so a later start need not continue where it was left.
    streamCopies.delete(name);
  }
  tellStates();
}

function streamHeard(name, blocks) {
  const copy = streamCopyOf(name);
  let previous = copy.lastId;
  const entries = [];
  for (const { id, event, data } of blocks) {
    if (event !== 'end' && (data !== undefined || id !== previous)) {
      entries.push({ previous, id: id ?? previous, event, data });
      previous = id ?? previous;
    }
  }
  tabCircle.send({ kind: 'entries', name, reader: session.value?.reader, entries });
  takeEntries(name, entries);
}

async function streamEnded(name) {
  openStreams.delete(name);
  if (name === 'reader' || name === 'operations') {
    tabCircle.send({ kind: 'ended', reader: session.value?.reader });
    if (!(await sessionEnded())) {
      needsChanged();
    }
  }
}

/** Makes sure that the streams are live, because a request was not answered. */
export function doubtStreams() {
  tabCircle.send({ kind: 'doubt' });
  openStreams.forEach((stream) => stream.doubt());
}

/** Tells one tab or all what the streams of this leader are like. */
function tellStates(to) {
  if (!tabCircle.isLeading) {
    return;
  }
  const states = {};
  for (const [name, { state, since, heardAt }] of openStreams) {
    states[name] = { state, since, heardAt, lastId: streamCopies.get(name)?.lastId };
  }
  tabCircle.send({ kind: 'states', to, states });
  takeStates(states);
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
      if (tabCircle.isLeading) {
        answerMissing(message);
      }
      break;
    case 'jump':
      jumpStream(message.name, message.id);
      break;
    case 'ended':
      sessionEnded();
      break;
    case 'doubt':
      openStreams.forEach((stream) => stream.doubt());
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
    if (name === 'operations') {
      deliverEntry(name, entry);
      continue;
    }
    const result = copy.add(entry);
    if (result === 'gap') {
      askForMissing(name, copy);
      return;
    }
    if (result === 'added') {
      askedMissing.delete(name);
      deliverEntry(name, entry);
    }
  }
}

function deliverEntry(name, { event, data }) {
  const concerned = [...streamSubscriptions].filter((subscription) => subscription.name === name);
  concerned.forEach((subscription) => subscription.learn(streamCopies.get(name)));
  if (data === undefined) {
    return;
  }
  const content = JSON.parse(data);
  concerned.forEach((subscription) => (event === 'reset' ? subscription.missed(content.reason) : subscription.deliver(content)));
}

function takeStates(states) {
  for (const [name, copy] of streamCopies) {
    if (!states[name] && !neededNames().includes(name)) {
      streamCopies.delete(name);
    } else if (!states[name] && copy.state !== 'unserved') {
      copy.state = 'unserved';
      copy.since = Date.now();
    }
  }
  for (const [name, { lastId, ...state }] of Object.entries(states)) {
    const copy = streamCopyOf(name);
    Object.assign(copy, state);
    if (copy.lastId === undefined && lastId !== undefined) {
      copy.jumpTo(lastId);
      deliverEntry(name, {});
    } else if (copy.lastId !== lastId && !tabCircle.isLeading && name !== 'operations') {
      askForMissing(name, copy);
    }
  }
  showConnection();
}

function askForMissing(name, copy) {
  if (askedMissing.get(name) !== copy.lastId && !tabCircle.isLeading) {
    askedMissing.set(name, copy.lastId);
    tabCircle.send({ kind: 'missing', name, reader: session.value?.reader, after: copy.lastId });
  }
}

function answerMissing({ from, name, reader, after }) {
  const copy = streamCopies.get(name);
  const entries = copy?.after(after);
  if (entries) {
    tabCircle.send({ kind: 'entries', to: from, name, reader, entries });
  } else if (copy?.lastId !== undefined) {
    tabCircle.send({ kind: 'jump', to: from, name, reader, id: copy.lastId });
  }
}

/** What was missed cannot be had any more, so those who follow read again. */
function jumpStream(name, id) {
  streamCopyOf(name).jumpTo(id);
  askedMissing.delete(name);
  [...streamSubscriptions].filter((subscription) => subscription.name === name).forEach((subscription) => subscription.missed('missed'));
}

function streamCopyOf(name) {
  if (!streamCopies.has(name)) {
    streamCopies.set(name, new StreamCopy());
  }
  return streamCopies.get(name);
}

function showConnection() {
  const worst = pageConnection();
  const { state, since, fetching } = connection.value;
  if (worst.state !== state || worst.fetching !== fetching || worst.since !== since.getTime()) {
    connection.set({ ...worst, since: new Date(worst.since) });
  }
}

function pageConnection() {
  const names = neededNames();
  if (signedOutElsewhere.value) {
    return { state: 'signed-out', since: signedOutAt, fetching: false };
  }
  if (names.length === 0) {
    return { state: 'idle', since: 0, fetching: false };
  }
  const all = names.map((name) => streamConnection(streamCopyOf(name)));
  const worst = all.reduce((one, other) => (CONNECTION_RANKS.indexOf(other.state) > CONNECTION_RANKS.indexOf(one.state) ? other : one));
  if (worst.state !== 'live' && !navigator.onLine) {
    return { state: 'offline', since: offlineSince ?? worst.since, fetching: false };
  }
  return worst;
}

function streamConnection({ state, since, heardAt }) {
  const unserved = state === 'unserved' && Date.now() - since > UNSERVED_TIME;
  if (Date.now() - heardAt > STREAM_SILENCE || state === 'stale' || unserved) {
    return { state: 'stale', since: heardAt, fetching: false };
  }
  if (state === 'live') {
    return { state, since, fetching: false };
  }
  return { state: 'reconnecting', since, fetching: state === 'fetching' };
}

let offlineSince = navigator.onLine ? null : Date.now();
let signedOutAt = Date.now();

addEventListener('offline', () => {
  offlineSince = Date.now();
  showConnection();
});
addEventListener('online', () => {
  offlineSince = null;
  showConnection();
});

signedOutElsewhere.subscribe(() => {
  signedOutAt = Date.now();
  showConnection();
});

session.subscribe((value) => {
  if (value?.reader !== followedReader) {
    followedReader = value?.reader;
    if (openStreams.has('reader')) {
      closeStream('reader');
    }
    if (openStreams.has('operations')) {
      closeStream('operations');
    }
    streamCopies.delete('reader');
    needsChanged();
  }
});
