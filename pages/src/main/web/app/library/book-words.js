// Values of books and of readings, in words.

import { percent } from '../../kit/format.js';
import { locale, t } from '../../kit/words.js';

export const LEVELS = ['beginner', 'intermediate', 'advanced'];

const STATUSES = ['reading', 'finished', 'abandoned'];

let languageNames;

/** The prior knowledge that a book requires. A level that a newer release has added keeps its own name. */
export const levelName = (level) => LEVELS.includes(level) ? t(`library.levels.${level}`) : level;

/** The name of a language by its BCP 47 tag, for example "Portuguese (Brazil)". */
export function languageName(tag) {
  languageNames ??= new Intl.DisplayNames(locale, { type: 'language' });
  try {
    return languageNames.of(tag);
  } catch {
    return tag;
  }
}

/** How far the reader is with a book, for example "Reading, 42 %". */
export function readingState({ status, position }) {
  const place = percent(position?.fraction ?? 0);
  return STATUSES.includes(status) ? t(`library.statuses.${status}`, { place }) : status;
}
