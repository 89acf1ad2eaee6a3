// What a list of books is asked for, as it stands in the address.

/** The properties that a list can be narrowed by. */
export const FACETS = ['topic', 'author', 'language', 'access', 'level'];

const QUERY_NAMES = ['q', ...FACETS];

/** The query of an address: the parameters that are set. */
export function bookQuery(parameters) {
  const pairs = QUERY_NAMES.map((name) => [name, parameters.get(name)?.trim()]);
  return Object.fromEntries(pairs.filter(([, value]) => value));
}

/** Whether a document probably belongs to a query. The service alone knows for sure, since it forgives typos. */
export function mayBelong(book, { q, topic, author, language, access, level }) {
  return hasFolded(book.topics, topic) && hasFolded(book.authors, author) && (!level || book.level === level)
    && (!language || book.language?.toLowerCase() === language.toLowerCase())
    && (!access || book.freeAccess.some(({ kind }) => kind === access))
    && (!q || hasWords([book.title, ...book.otherTitles, ...book.authors, ...book.topics], q));
}

function hasFolded(values, wanted) {
  return !wanted || values.some((value) => foldedText(value) === foldedText(wanted));
}

function hasWords(texts, wanted) {
  const text = foldedText(texts.join(' '));
  return foldedText(wanted).split(/\s+/).every((word) => text.includes(word));
}

/** A text without case and accents, as the service compares names. */
export const foldedText = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
