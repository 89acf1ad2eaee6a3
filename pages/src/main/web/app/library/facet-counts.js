// The values of the facets.

import { readAll } from '../../kit/api.js';
import { LEVELS } from './book-words.js';
import { WAY_KINDS } from './free-ways.js';

let topicsReading = null;

/** The values that need no request. The API does not count the books of a query by these. */
export const KNOWN_VALUES = {
  access: WAY_KINDS.map((name) => ({ name })),
  level: LEVELS.map((name) => ({ name })),
};

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
