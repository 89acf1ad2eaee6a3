// Who is signed in in this browser. All tabs have the same session.

import { ProblemError, read, request } from './api.js';
import { Store } from './store.js';

const KEPT_SESSION = 'lectern.session';

/** Null if nobody is signed in, else `{reader, name, roles: Set, policy, zone, etag}`. */
export const session = new Store(null);

/** True after the session was ended by another device, until the next sign-in. */
export const signedOutElsewhere = new Store(false);

const signOutQuestions = [];
let resuming = null;
/** What ends sessions of this reader now: a promise, or null. Meanwhile it is no news that they end. */
let endingSessions = null;

/** When this browser signed in last. */
let signedInAt = 0;

/** How long streams of the sessions before a new password may still come to their end, in milliseconds. */
const OLD_STREAM_TIME = 15_000;

/** The path of a resource of the reader who is signed in. */
export const readerPath = (rest = '') => `/readers/${session.value.reader}${rest}`;

export const hasRole = (role) => session.value?.roles.has(role) ?? false;

/**
 * Finds out once who is signed in. It is the reader who was, so that the first paint has the pages of this reader
 * also without a network; the answer of the service corrects that. Never fails.
 */
export function resumeSession() {
  resuming ??= readSession();
  return resuming;
}

async function readSession() {
  const kept = keptSession();
  if (!kept?.reader) {
    signedOutElsewhere.set(kept?.ended ?? false);
    return null;
  }
  if (kept.roles) {
    session.set(sessionOf(kept, kept.etag));
    checkSession(kept);
  } else {
    await checkSession(kept);
  }
  return session.value;
}

async function checkSession(kept) {
  try {
    await readProfile(kept.reader);
  } catch (failure) {
    if (kept.roles && !session.value) {
      // Signed out meanwhile.
      return;
    }
    if (failure instanceof ProblemError && [401, 403, 404].includes(failure.status)) {
      endSession(failure.status === 401);
    } else {
      session.set(sessionOf(kept, kept.etag));
    }
  }
}

/** Reads the account again, for example after it was changed. */
export const refreshSession = () => readProfile(session.value.reader);

async function readProfile(reader) {
  const { body, etag } = await read(`/readers/${reader}`);
  const { version, createdAt, ...profile } = body;
  localStorage.setItem(KEPT_SESSION, JSON.stringify({ ...profile, etag }));
  signedOutElsewhere.set(false);
  session.set(sessionOf(profile, etag));
}

function sessionOf({ reader, name, roles, policy, zone }, etag) {
  return { reader, name, roles: new Set(roles), policy, zone, etag };
}

function keptSession() {
  try {
    return JSON.parse(localStorage.getItem(KEPT_SESSION));
  } catch {
    return null;
  }
}

/** Signs in. Fails with the problem of the service, for example `sign-in-refused`. */
export async function signIn(handle, password) {
  const reader = handle.trim().toLowerCase();
  await request('POST', '/tokens', { content: { reader, password } });
  signedInAt = Date.now();
  await readProfile(reader);
}

/** Creates an account and signs in. */
export async function register(handle, name, password) {
  const reader = handle.trim().toLowerCase();
  await request('POST', '/readers', { content: { reader, name, password } });
  await signIn(reader, password);
}

/**
 * Adds a question that is asked before the reader signs out: a function that returns false, or a promise of it, to
 * stay signed in.
 */
export const askBeforeSignOut = (question) => signOutQuestions.push(question);

/**
 * Signs out here, or on all devices. Returns false if the reader decided to stay. Fails if the service cannot be
 * reached, because the cookie would stay valid.
 */
export async function signOut({ everywhere = false } = {}) {
  for (const question of signOutQuestions) {
    if (!(await question())) {
      return false;
    }
  }
  await whileSessionsEnd(async () => {
    try {
      await request('DELETE', everywhere ? readerPath('/tokens') : '/tokens/current');
    } catch (failure) {
      if (failure.status !== 401) {
        throw failure;
      }
    }
    endSession(false);
  });
  return true;
}

/** Replaces the password, which ends all sessions, and signs in again here. */
export function changePassword(currentPassword, password) {
  const { reader } = session.value;
  return whileSessionsEnd(async () => {
    // The profile does not show the password, so that a change of the name meanwhile is no conflict with it.
    await request('PATCH', readerPath(), { content: { currentPassword, password }, ifMatch: '*' });
    await signIn(reader, password);
  });
}

/**
 * Erases the reader, if the account is still the version of the entity tag. `erased` is called when it is done, before
 * the session ends.
 */
export function eraseReader(etag, erased) {
  return whileSessionsEnd(async () => {
    await request('DELETE', readerPath(), { ifMatch: etag });
    await erased();
    endSession(false);
  });
}

async function whileSessionsEnd(action) {
  const ending = action();
  endingSessions = ending.catch(() => {});
  try {
    await ending;
  } finally {
    endingSessions = null;
  }
}

/**
 * Takes the news that the service has ended the session: by a sign-out on another device, or because it was too
 * old. Returns false if it was one before the last sign-in, and the reader is still signed in.
 */
export async function sessionEnded() {
  await endingSessions;
  if (session.value && Date.now() - signedInAt < OLD_STREAM_TIME && await isSessionAlive()) {
    return false;
  }
  if (session.value) {
    endSession(true);
  }
  return true;
}

async function isSessionAlive() {
  try {
    await readProfile(session.value.reader);
    return true;
  } catch (failure) {
    return failure.status !== 401;
  }
}

function endSession(elsewhere) {
  if (elsewhere) {
    localStorage.setItem(KEPT_SESSION, JSON.stringify({ ended: true }));
  } else {
    localStorage.removeItem(KEPT_SESSION);
  }
  signedOutElsewhere.set(elsewhere);
  session.set(null);
}

addEventListener('lectern-unauthenticated', () => {
  if (session.value && !endingSessions) {
    endSession(true);
  }
});

// Another tab has signed in or out, or has changed the account.
addEventListener('storage', ({ key }) => {
  if ((key === KEPT_SESSION || key === null) && !endingSessions) {
    const kept = keptSession();
    signedInAt = kept?.reader ? Date.now() : signedInAt;
    signedOutElsewhere.set(kept?.ended ?? false);
    session.set(kept?.reader ? sessionOf(kept, kept.etag) : null);
  }
});
