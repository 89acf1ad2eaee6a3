// Commands of a reading that could not be sent at once.

import { pendingCommands } from '../../kit/outbox.js';

/** What has not been sent for so long is said to be kept, in milliseconds. */
const KEPT_AFTER = 1_500;

/**
 * How many commands of a reading, of the types that `isMeant` says, have waited for some time. The element renders
 * again when one that has just begun to wait has done so too.
 */
export function keptCount(reading, element, isMeant) {
  const waiting = pendingCommands(reading).filter(({ type, state }) => state === 'waiting' && isMeant(type));
  const kept = waiting.filter(({ occurredAt }) => Date.now() - Date.parse(occurredAt) >= KEPT_AFTER);
  if (kept.length < waiting.length) {
    setTimeout(() => element.requestUpdate(), KEPT_AFTER);
  }
  return kept.length;
}
