// A book as a form has it: texts, and lists as lines.

/** The members of a book that a curator edits. */
export const BOOK_MEMBERS = ['title', 'otherTitles', 'authors', 'topics', 'level', 'language', 'summary', 'keyPoints',
  'whyItMatters', 'editions', 'freeAccess'];

/** The members that are lists of texts, which are edited one on each line. */
export const LINE_MEMBERS = ['otherTitles', 'authors', 'topics', 'keyPoints'];

export const EDITION_MEMBERS = ['label', 'year', 'isbn', 'language', 'format', 'pages'];

export const ACCESS_MEMBERS = ['kind', 'url', 'condition', 'format', 'licence', 'state', 'checkedAt'];

const NUMBERS = new Set(['year', 'pages']);

/** Makes the draft of a book. A member that the book does not have is an empty text. */
export function draftOf(book) {
  const draft = {};
  for (const name of BOOK_MEMBERS) {
    const value = book[name];
    draft[name] = LINE_MEMBERS.includes(name) ? (value ?? []).join('\n') : value ?? '';
  }
  draft.editions = (book.editions ?? []).map((edition) => textsOf(edition, EDITION_MEMBERS));
  draft.freeAccess = (book.freeAccess ?? []).map((way) => textsOf(way, ACCESS_MEMBERS));
  return draft;
}

const textsOf = (part, names) => Object.fromEntries(names.map((name) => [name, `${part[name] ?? ''}`]));

/** Makes the members of a book from a draft. Empty texts and lines are left out. */
export function bookOf(draft) {
  const book = {};
  for (const name of BOOK_MEMBERS) {
    const value = draft[name];
    if (LINE_MEMBERS.includes(name)) {
      book[name] = value.split('\n').map((line) => line.trim()).filter(Boolean);
    } else if (typeof value === 'string') {
      book[name] = value.trim() || undefined;
    } else {
      book[name] = value.map(partOf).filter((part) => Object.keys(part).length > 0);
    }
  }
  return book;
}

function partOf(texts) {
  const filled = Object.entries(texts).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text);
  // What is not a number is sent as it is typed, so that the service says what it must be.
  const isNumber = (name, text) => NUMBERS.has(name) && /^\d+$/.test(text);
  return Object.fromEntries(filled.map(([name, text]) => [name, isNumber(name, text) ? Number(text) : text]));
}

/** A value of a member as one text, to compare two of them. */
export function memberText(value) {
  if (!Array.isArray(value)) {
    return value ?? '';
  }
  return value.map((one) => (typeof one === 'string' ? one : Object.values(one).join(', '))).join('; ');
}
