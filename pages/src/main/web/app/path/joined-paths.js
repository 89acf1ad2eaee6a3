// The learning paths that the reader has joined, kept up to date.

import { readAll, request } from '../../kit/api.js';
import { follow } from '../../kit/live.js';
import { readerPath, session } from '../../kit/session.js';
import { ResourceStore } from '../../kit/store.js';

/** The paths of the reader by their ids in the catalog, those that were left included. */
export const joinedPaths = new ResourceStore();

const gateListeners = new Set();
let pathsReader = null;
let pathsLoading = null;
let pathsSubscription = null;

/** Reads the joined paths once, and follows them from then on. Fails with a ProblemError if they cannot be read. */
export function loadJoinedPaths() {
  if (!session.value) {
    return Promise.resolve();
  }
  pathsLoading ??= followJoinedPaths().catch((failure) => {
    forgetJoinedPaths();
    throw failure;
  });
  return pathsLoading;
}

/** Calls a function with `{path, gate}` for each gate that opens. Returns the function that ends this. */
export function onGateOpened(listener) {
  gateListeners.add(listener);
  return () => gateListeners.delete(listener);
}

/** Joins a path of the catalog. */
export async function joinPath(id) {
  const { body } = await request('PUT', readerPath(`/paths/${encodeURIComponent(id)}`));
  mergePath(body);
}

/** Leaves a path, as it is known here. */
export async function leavePath({ id, version }) {
  const { body } = await request('DELETE', readerPath(`/paths/${encodeURIComponent(id)}`), { ifMatch: `"${version}"` });
  if (body.id) {
    mergePath(body);
  } else {
    await readJoinedPaths();
  }
}

async function followJoinedPaths() {
  pathsReader = session.value.reader;
  pathsSubscription = follow('reader', { event: applyPathEvent, reset: () => readJoinedPaths().catch(() => {}) });
  const subscription = pathsSubscription;
  await readJoinedPaths(await subscription.ready);
  subscription.start();
}

async function readJoinedPaths(seen) {
  const reader = pathsReader;
  const { items } = await readAll(readerPath('/paths'), { seen });
  if (session.value?.reader === reader) {
    items.forEach((path) => joinedPaths.merge(path.id, path));
    const listed = new Set(items.map(({ id }) => id));
    [...joinedPaths.value.keys()].filter((id) => !listed.has(id)).forEach((id) => joinedPaths.remove(id));
  }
}

function applyPathEvent({ path, data }) {
  if (path && data?.gates) {
    mergePath(data);
  }
}

function mergePath(path) {
  const before = joinedPaths.get(path.id);
  if (joinedPaths.merge(path.id, path) && before?.status === 'joined') {
    path.gates.filter(({ id, state }) => state === 'open' && stateOfGate(before, id) === 'closed')
      .forEach((gate) => gateListeners.forEach((listener) => listener({ path, gate })));
  }
}

/** The state of a gate of a joined path, or undefined if it has no such gate. */
export const stateOfGate = (path, gate) => path?.gates.find(({ id }) => id === gate)?.state;

function forgetJoinedPaths() {
  pathsSubscription?.close();
  pathsSubscription = null;
  pathsLoading = null;
  joinedPaths.clear();
}

session.subscribe((value) => {
  if (pathsReader && value?.reader !== pathsReader) {
    pathsReader = null;
    forgetJoinedPaths();
  }
});
