// The values of the facets.

import { readAll } from '../../kit/api.js';
import { foldedText } from './book-query.js';
import { LEVELS } from './book-words.js';
import { WAY_KINDS } from './free-ways.js';

let topicsReading = null;

const FACET_VALUES = {
  topic: ({ topics }) => topics,
  author: ({ authors }) => authors,
  language: ({ language }) => language ? [language] : [],
  access: ({ freeAccess }) => freeAccess.map(({ kind }) => kind),
  level: ({ level }) => level ? [level] : [],
};

/** The values that are offered while the books of a query are too many to be counted here. */
export const KNOWN_VALUES = {
  access: WAY_KINDS.map((name) => ({ name })),
  level: LEVELS.map((name) => ({ name })),
};

/**
 * Counts some books by the values of each facet. Returns for each facet its values, `{name, books}`, those with most
 * books first. A value counts in the spelling that comes first.
 */
export function countFacets(books) {
  const counts = Object.entries(FACET_VALUES).map(([facet, valuesOf]) => [facet, countValues(books, valuesOf)]);
  return Object.fromEntries(counts);
}

function countValues(books, valuesOf) {
  const counts = new Map();
  for (const book of books) {
    for (const [key, name] of new Map(valuesOf(book).map((value) => [foldedText(value), value]))) {
      const count = counts.get(key) ?? { name, books: 0 };
      count.books++;
      counts.set(key, count);
    }
  }
  return [...counts.values()].sort((one, other) => other.books - one.books);
}

/** Reads all topics once, each with the number of its books in the whole catalog, the most frequent first. */
export function readTopics() {
  topicsReading ??= readAll('/topics')
    .then(({ items }) => items.sort((one, other) => other.books - one.books))
    .catch((failure) => {
      topicsReading = null;
      throw failure;
    });
  return topicsReading;
}
