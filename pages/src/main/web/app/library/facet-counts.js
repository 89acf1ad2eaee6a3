// How many books have each value of each facet.

import { LEVELS } from './book-words.js';
import { WAY_KINDS } from './free-ways.js';

/** Reads the values of the facets for a query. */
export async function readFacets() {
  return {
    level: LEVELS.map((name) => ({ name })),
    access: WAY_KINDS.map((name) => ({ name })),
  };
}
