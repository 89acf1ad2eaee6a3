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
let signingOut = false;

/** The path of a resource of the reader who is signed in. */
export const readerPath = (rest = '') => `/readers/${session.value.reader}${rest}`;

export const hasRole = (role) => session.value?.roles.has(role) ?? false;

/**
 * Finds out once who is signed in. Without a network it is the reader who was; the first answer of the service
 * corrects that. Never fails.
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
  try {
    await readProfile(kept.reader);
  } catch (failure) {
    if (failure instanceof ProblemError && [401, 403, 404].includes(failure.status)) {
      endSession(failure.status === 401);
    } else {
      session.set(sessionOf(kept, kept.etag));
    }
  }
  return session.value;
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
  signingOut = true;
  try {
    await request('DELETE', everywhere ? readerPath('/tokens') : '/tokens/current');
  } catch (failure) {
    if (failure.status !== 401) {
      throw failure;
    }
  } finally {
    signingOut = false;
  }
  endSession(false);
  return true;
}

/** Tells that the service has ended the session: by a sign-out on another device, or because it was too old. */
export function sessionEnded() {
  if (session.value && !signingOut) {
    endSession(true);
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

addEventListener('lectern-unauthenticated', sessionEnded);

// Another tab has signed in or out, or has changed the account.
addEventListener('storage', ({ key }) => {
  if ((key === KEPT_SESSION || key === null) && !signingOut) {
    const kept = keptSession();
    signedOutElsewhere.set(kept?.ended ?? false);
    session.set(kept?.reader ? sessionOf(kept, kept.etag) : null);
  }
});
