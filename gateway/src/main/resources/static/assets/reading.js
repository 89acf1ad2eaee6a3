// The readings of the signed-in reader, updated live in every open page.
import { call, element, follow } from './page.js';

const form = document.getElementById('sign-in');
const note = document.getElementById('reading-note');
const list = document.getElementById('readings');

const readings = new Map();
let reader = localStorage.getItem('reader');
let source;

/** Continues the session of the browser's cookie, if there is one. */
export async function resume() {
  source?.close();
  if (!reader) {
    signedOut('');
    return;
  }
  try {
    const { items, cursor } = await fetchReadings();
    readings.clear();
    items.forEach((reading) => readings.set(reading.id, reading));
    signedIn();
    source = follow(`/readers/${reader}/events`, cursor, { event: apply, reset: resume });
  } catch (failure) {
    if (failure.status === 401 || failure.status === 403) {
      signedOut('Sign in to see your progress in your books.');
    } else {
      note.textContent = failure.message;
      setTimeout(resume, 2_000 + Math.random() * 3_000);
    }
  }
}

/**
 * Reads all pages of the readings. The stream starts at the cursor of the first page, because
 * later pages can only be newer.
 */
async function fetchReadings() {
  const items = [];
  let first;
  let next;
  do {
    const page = await call('GET', `/readers/${reader}/readings?limit=200${next ? `&page=${next}` : ''}`);
    first ??= page.cursor;
    items.push(...page.body.items);
    next = page.body.next;
  } while (next);
  return { items, cursor: first };
}

/** Creates the button that starts a reading of a book. */
export function startButton(book) {
  return element('button', {
    type: 'button',
    textContent: 'Start reading',
    onclick: () => attempt(() => reader
      ? call('POST', `/readers/${reader}/readings`, { book: book.id })
      : Promise.reject(new Error('Sign in first.'))),
  });
}

/**
 * Applies an event: its data is the changed part of the reading. Events of paths are ignored. A reading
 * that was removed before this page was opened is not known when it is returned.
 */
function apply({ cursor, reading, version, data }) {
  if (!reading) {
    return;
  }
  const known = readings.get(reading);
  if (!known && !data.book) {
    attempt(async () => update((await call('GET', `/readers/${reader}/readings/${reading}?seen=${cursor}`)).body));
  } else if (!known || known.version < version) {
    update({ ...known, ...data, version });
  }
}

function update(reading) {
  readings.set(reading.id, reading);
  show();
}

function show() {
  const shown = [...readings.values()].filter((reading) => !reading.removed);
  list.replaceChildren(...shown.map(entry));
  note.textContent = shown.length ? `Signed in as ${reader}.` : `Signed in as ${reader}. You have not started a book yet.`;
}

function entry(reading) {
  const percent = Math.round((reading.position?.fraction ?? 0) * 100);
  const slider = element('input', {
    type: 'range', min: '0', max: '100', value: String(percent), ariaLabel: `Position in ${reading.book.title}`,
    onchange: () => attempt(() => call('POST', `/readers/${reader}/readings/${reading.id}/positions`, {
      fraction: Number(slider.value) / 100,
      occurredAt: new Date().toISOString(),
      sentAt: new Date().toISOString(),
    })),
  });
  return element('li', {}, element('h3', { textContent: reading.book.title }), slider,
    element('output', { textContent: `${percent} %` }));
}

async function attempt(action) {
  try {
    await action();
  } catch (failure) {
    note.textContent = failure.message;
    if (failure.status === 401) {
      signedOut(failure.message);
    }
  }
}

function signedIn() {
  form.hidden = true;
  show();
}

function signedOut(message) {
  source?.close();
  form.hidden = false;
  readings.clear();
  list.replaceChildren();
  note.textContent = message;
}

async function signIn(register) {
  const { reader: typed, password } = Object.fromEntries(new FormData(form));
  // Readers' paths have the handle as it is registered, without case.
  const handle = typed.normalize('NFKC').trim().toLowerCase();
  if (register) {
    await call('POST', '/readers', { reader: handle, name: typed, password });
  }
  await call('POST', '/tokens', { reader: handle, password });
  reader = handle;
  localStorage.setItem('reader', handle);
  form.reset();
  await resume();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(() => signIn(false));
});
document.getElementById('register').addEventListener('click', () => form.reportValidity() && attempt(() => signIn(true)));
