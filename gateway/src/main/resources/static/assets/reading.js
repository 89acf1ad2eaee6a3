// What one reader reads, live on every screen that has it open.
import { call, element, follow } from './page.js';

const form = document.getElementById('sign-in');
const note = document.getElementById('reading-note');
const list = document.getElementById('readings');

const readings = new Map();
let reader = localStorage.getItem('reader');
let source;

/** Goes on with the session that the browser's cookie holds, if there is one. */
export async function resume() {
  source?.close();
  if (!reader) {
    signedOut('');
    return;
  }
  try {
    const { items, cursor } = await everything();
    readings.clear();
    items.forEach((reading) => readings.set(reading.id, reading));
    signedIn();
    source = follow(`/readers/${reader}/events`, cursor, { event: happened, reset: resume });
  } catch (failure) {
    if (failure.status === 401 || failure.status === 403) {
      signedOut('Sign in to see where you are in your books.');
    } else {
      note.textContent = failure.message;
      setTimeout(resume, 2_000 + Math.random() * 3_000);
    }
  }
}

/** The stream goes on from the first page's cursor: what later pages hold is only newer. */
async function everything() {
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

/** The button that starts a book. */
export function offer(book) {
  return element('button', {
    type: 'button',
    textContent: 'Start reading',
    onclick: () => attempt(() => reader
      ? call('POST', `/readers/${reader}/readings`, { book: book.id })
      : Promise.reject(new Error('Sign in first.'))),
  });
}

/** An event's data is the part of the reading that changed; what is about a path is not shown here. */
function happened({ reading, version, data }) {
  if (!reading) {
    return;
  }
  const known = readings.get(reading);
  if (!known || known.version < version) {
    readings.set(reading, { ...known, ...data, version });
    show();
  }
}

function show() {
  list.replaceChildren(...[...readings.values()].map(entry));
  note.textContent = readings.size ? `Signed in as ${reader}.` : `Signed in as ${reader}: start a book.`;
}

function entry(reading) {
  const percent = Math.round((reading.position?.fraction ?? 0) * 100);
  const place = element('input', {
    type: 'range', min: '0', max: '100', value: String(percent), ariaLabel: `Place in ${reading.book.title}`,
    onchange: () => attempt(() => call('POST', `/readers/${reader}/readings/${reading.id}/positions`, {
      fraction: Number(place.value) / 100,
      occurredAt: new Date().toISOString(),
      sentAt: new Date().toISOString(),
    })),
  });
  return element('li', {}, element('h3', { textContent: reading.book.title }), place,
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
  const { reader: handle, password } = Object.fromEntries(new FormData(form));
  if (register) {
    await call('POST', '/readers', { reader: handle, name: handle, password });
  }
  await call('POST', '/tokens', { reader: handle, password });
  reader = handle;
  localStorage.setItem('reader', handle);
  form.reset();
  await resume();
}

form.addEventListener('submit', (submitted) => {
  submitted.preventDefault();
  attempt(() => signIn(false));
});
document.getElementById('register').addEventListener('click', () => form.reportValidity() && attempt(() => signIn(true)));
