// The list of books, updated live by the stream of catalog events.
import { call, element, follow } from './page.js';
import { resume, startButton } from './reading.js';

const list = document.getElementById('books');
const note = document.getElementById('books-note');
const more = document.getElementById('more');
const live = document.getElementById('live');
const query = document.getElementById('q');

const rows = new Map();
let source;
let latestLoad = 0;

/** Loads the first page of the list, then follows the changes after it. */
async function load() {
  const thisLoad = ++latestLoad;
  source?.close();
  try {
    const first = await page();
    if (thisLoad !== latestLoad) {
      return;
    }
    rows.clear();
    list.replaceChildren();
    show(first.body);
    note.textContent = first.body.items.length ? '' : 'No book matches the search.';
    source = follow('/catalog/events', first.cursor, {
      event: apply,
      reset: load,
      state: (text) => { live.textContent = text; },
    });
  } catch (failure) {
    live.textContent = 'unavailable, retrying …';
    note.textContent = failure.message;
    setTimeout(() => thisLoad === latestLoad && load(), 2_000 + Math.random() * 3_000);
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
  const previous = rows.get(book.id);
  previous ? previous.replaceWith(row) : list.append(row);
  rows.set(book.id, row);
  return row;
}

/** Applies an event to the list. A new book is added only while no search is active. */
function apply({ type, data }) {
  if (type === 'book-changed' && rows.has(data.id)) {
    highlight(put(data));
  } else if (type === 'book-added' && !query.value.trim() && !rows.has(data.id)) {
    const row = put(data);
    list.prepend(row);
    highlight(row);
  } else if (type === 'book-removed') {
    rows.get(data.id)?.remove();
    rows.delete(data.id);
  }
}

function highlight(row) {
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
  row.append(element('p', { className: 'ways' }, ...(book.freeAccess ?? []).slice(0, 8).map(accessLink), startButton(book)));
  return row;
}

function accessLink({ kind, url, condition }) {
  return element('a', { href: url, rel: 'noopener', title: condition ?? url, textContent: kind });
}

let inputTimer;
query.addEventListener('input', () => {
  clearTimeout(inputTimer);
  inputTimer = setTimeout(load, 250);
});
document.getElementById('search').addEventListener('submit', (event) => {
  event.preventDefault();
  load();
});
more.addEventListener('click', async () => {
  const currentLoad = latestLoad;
  more.disabled = true;
  try {
    const next = await page(more.dataset.next);
    if (currentLoad === latestLoad) {
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
