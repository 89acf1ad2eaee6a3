// Books that other pages name by their ids.

import { read } from '../../kit/api.js';
import { Store } from '../../kit/store.js';

/** As many books are read at once. */
const MAX_READS = 4;

/** After which time a title that could not be read is asked for again, in milliseconds. */
const TITLE_RETRY = 5_000;

/** As many books are kept. */
const MAX_TITLES = 1_000;

/** Known books by id; null for one that the catalog does not have. */
export const bookTitles = new Store(new Map());

const wantedTitles = new Set();
let titleReads = 0;

/** Returns the document of a book if it is known, and reads it otherwise: `bookTitles` tells when it has come. */
export function bookById(id) {
  if (!bookTitles.value.has(id)) {
    wantedTitles.add(id);
    readTitles();
  }
  return bookTitles.value.get(id);
}

/** The title of a book, or its id as long as the title is not known. */
export const titleOf = (id) => bookById(id)?.title ?? id;

function readTitles() {
  while (titleReads < MAX_READS && wantedTitles.size > 0) {
    const [id] = wantedTitles;
    wantedTitles.delete(id);
    titleReads++;
    readTitle(id);
  }
}

async function readTitle(id) {
  // Asked for again while it is read, it is not read twice.
  bookTitles.value.set(id, undefined);
  try {
    keepTitle(id, (await read(`/books/${encodeURIComponent(id)}`)).body);
  } catch (failure) {
    keepTitle(id, null);
    if (failure.isTemporary) {
      setTimeout(() => forgetTitle(id), TITLE_RETRY);
    }
  } finally {
    titleReads--;
    readTitles();
  }
}

/** Whoever still shows the book asks for it again. */
function forgetTitle(id) {
  bookTitles.value.delete(id);
  bookTitles.changed();
}

function keepTitle(id, book) {
  const titles = bookTitles.value;
  titles.set(id, book);
  if (titles.size > MAX_TITLES) {
    titles.delete(titles.keys().next().value);
  }
  bookTitles.changed();
}
