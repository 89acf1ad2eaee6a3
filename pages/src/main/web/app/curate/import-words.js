// What the list of imports and a single import say in the same words.

import { duration, moment } from '../../kit/format.js';
import { t } from '../../kit/words.js';

/** The state of an import; one that is not known yet is shown as it is. */
export const stateWord = (state) =>
  (['running', 'done', 'failed'].includes(state) ? t(`curate.importState.${state}`) : state);

/** When an import began, and how long it took. */
export function importTimes({ startedAt, endedAt }) {
  const started = moment(startedAt);
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return endedAt ? t('curate.times', { started, length: duration(seconds) }) : t('curate.runs', { started });
}
