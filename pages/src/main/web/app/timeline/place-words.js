// Places in words.

import { number, percent } from '../../kit/format.js';
import { t } from '../../kit/words.js';
import { momentIn } from './zoned.js';

/** The page of a position, from its fraction if only the number of pages is known, or undefined. */
export function pageOf(position, pages) {
  return position?.page ?? (position && pages ? Math.max(1, Math.round(position.fraction * pages)) : undefined);
}

export const deviceName = (device) => device?.name ?? device?.id ?? '';

/** A place in words, for example "31 %, page 305, on phone". */
export function placeWords(position, pages) {
  if (!position) {
    return t('timeline.atBeginning');
  }
  const page = pageOf(position, pages);
  return [
    percent(position.fraction),
    page === undefined ? null : t('timeline.page', { page: number(page) }),
    deviceName(position.device) ? t('timeline.onDevice', { device: deviceName(position.device) }) : null,
  ].filter(Boolean).join(', ');
}

/** What the handle of the timeline says: when, where, and on what. */
export function instantWords({ at, state, zone, now, hasBegun = true }) {
  const when = at === null ? t('timeline.now') : momentIn(at, zone, now);
  if (!hasBegun) {
    return t('timeline.when', { when, place: t('timeline.notBegun') });
  }
  const place = placeWords(state.position, state.pages);
  const isOpen = state.status === 'reading';
  return t('timeline.when', { when, place: isOpen ? place : `${place}, ${t(`reading.status.${state.status}`)}` });
}
