// The catalog, live: a list that every committed change reaches by itself.
import { call, element, follow } from './page.js';
import { offer, resume } from './reading.js';

const list = document.getElementById('books');
const note = document.getElementById('books-note');
const more = document.getElementById('more');
const live = document.getElementById('live');
const query = document.getElementById('q');

const rows = new Map();
let source;
let asked = 0;

/** Reads the list from its beginning, then follows what changes after that moment. */
async function load() {
  const turn = ++asked;
  source?.close();
  try {
    const first = await page();
    if (turn !== asked) {
      return;
    }
    rows.clear();
    list.replaceChildren();
    show(first.body);
    note.textContent = first.body.items.length ? '' : 'No book fits that.';
    source = follow('/catalog/events', first.cursor, {
      event: changed,
      reset: load,
      state: (text) => { live.textContent = text; },
    });
  } catch (failure) {
    live.textContent = 'away, trying again …';
    note.textContent = failure.message;
    setTimeout(() => turn === asked && load(), 2_000 + Math.random() * 3_000);
  }
}

function page(next) {
  const parameters = new URLSearchParams({ limit: '20' });
  if (query.value.trim()) {
    parameters.set('q', query.value.trim());
  }
  if (next) {
    parameters.set('page', next);
  }
  return call('GET', `/books?${parameters}`);
}

function show({ items, next }) {
  items.forEach(put);
  more.hidden = !next;
  more.dataset.next = next ?? '';
}

function put(book) {
  const row = entry(book);
  const old = rows.get(book.id);
  old ? old.replaceWith(row) : list.append(row);
  rows.set(book.id, row);
  return row;
}

/** A new book is shown where everything is; within a search only what is shown changes. */
function changed({ type, data }) {
  if (type === 'book-changed' && rows.has(data.id)) {
    mark(put(data));
  } else if (type === 'book-added' && !query.value.trim() && !rows.has(data.id)) {
    const row = put(data);
    list.prepend(row);
    mark(row);
  } else if (type === 'book-removed') {
    rows.get(data.id)?.remove();
    rows.delete(data.id);
  }
}

function mark(row) {
  row.classList.add('fresh');
  setTimeout(() => row.classList.remove('fresh'), 3_000);
}

function entry(book) {
  const row = element('li', { id: `book-${book.id}` },
    element('h3', { textContent: book.title }),
    element('p', { className: 'quiet', textContent: (book.authors ?? []).join(', ') }));
  if (book.summary) {
    row.append(element('p', { textContent: book.summary }));
  }
  const points = (book.keyPoints ?? []).map((text) => element('li', { textContent: text }));
  if (points.length || book.whyItMatters) {
    row.append(element('details', {}, element('summary', { textContent: 'Key points' }),
      element('ul', {}, ...points), element('p', { textContent: book.whyItMatters ?? '' })));
  }
  row.append(element('p', { className: 'ways' }, ...(book.freeAccess ?? []).slice(0, 8).map(way), offer(book)));
  return row;
}

function way({ kind, url, condition }) {
  return element('a', { href: url, rel: 'noopener', title: condition ?? url, textContent: kind });
}

let typed;
query.addEventListener('input', () => {
  clearTimeout(typed);
  typed = setTimeout(load, 250);
});
document.getElementById('search').addEventListener('submit', (submitted) => {
  submitted.preventDefault();
  load();
});
more.addEventListener('click', async () => {
  const turn = asked;
  more.disabled = true;
  try {
    const next = await page(more.dataset.next);
    if (turn === asked) {
      show(next.body);
    }
  } catch (failure) {
    note.textContent = failure.message;
  } finally {
    more.disabled = false;
  }
});

load();
resume();
