// How well this page is connected, told honestly: it is as live as the worst of the streams that it needs.

import { signedOutElsewhere } from './session.js';
import { Store } from './store.js';
import { STREAM_SILENCE } from './stream-health.js';

/** How often the page looks whether a stream has fallen silent, in milliseconds. */
const CONNECTION_CHECK_PERIOD = 1_000;

/** For so long a stream that the leader does not have may be one that it opens next, in milliseconds. */
const UNSERVED_TIME = 3_000;

/** From the best to the worst. */
const CONNECTION_RANKS = ['live', 'reconnecting', 'stale'];

/**
 * `{state, since: Date, fetching}`. `state` is `live`, `reconnecting` (with `fetching` while what was missed is
 * coming), `offline`, `stale` (as of `since`), `signed-out`, or `idle` while the page needs no stream.
 */
export const connection = new Store({ state: 'idle', since: new Date(), fetching: false });

let neededStreams = () => [];
let offlineSince = navigator.onLine ? null : Date.now();
let signedOutAt = Date.now();

/** Shows from now on how well the page is connected. `streams` returns the copies of the streams that it needs. */
export function watchConnection(streams) {
  neededStreams = streams;
  setInterval(showConnection, CONNECTION_CHECK_PERIOD);
}

/** Looks at the streams again. */
export function showConnection() {
  const present = pageConnection();
  const { state, since, fetching } = connection.value;
  if (present.state !== state || present.fetching !== fetching || present.since !== since.getTime()) {
    connection.set({ ...present, since: new Date(present.since) });
  }
}

function pageConnection() {
  if (signedOutElsewhere.value) {
    return { state: 'signed-out', since: signedOutAt, fetching: false };
  }
  const streams = neededStreams().map(streamConnection);
  if (streams.length === 0) {
    return { state: 'idle', since: 0, fetching: false };
  }
  const rank = ({ state }) => CONNECTION_RANKS.indexOf(state);
  const worst = streams.reduce((one, other) => (rank(other) > rank(one) ? other : one));
  if (worst.state !== 'live' && !navigator.onLine) {
    return { state: 'offline', since: offlineSince ?? worst.since, fetching: false };
  }
  return worst;
}

function streamConnection({ state, since, heardAt }) {
  const isUnserved = state === 'unserved' && Date.now() - since > UNSERVED_TIME;
  if (Date.now() - heardAt > STREAM_SILENCE || state === 'stale' || isUnserved) {
    return { state: 'stale', since: heardAt, fetching: false };
  }
  if (state === 'live') {
    return { state, since, fetching: false };
  }
  return { state: 'reconnecting', since, fetching: state === 'fetching' };
}

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
