// The instants at which the handle of a timeline can stop. Null is now. No DOM.

import { plusDays } from '../../kit/calendar.js';

const DAYS_OF = { day: 1, week: 7 };

/**
 * Returns the instant to which a key moves the handle.
 *
 * @param stops the events in the order of time
 * @param at the present instant of the handle; null for now
 * @param step `event`, `day`, `week` or `end`
 * @param direction -1 into the past, 1 towards now
 */
export function stepFrom(stops, at, step, direction, now, zone) {
  const first = stops[0]?.at ?? now;
  if (step === 'end') {
    return direction < 0 ? first : null;
  }
  const next = step === 'event' ? neighbour(stops, at, direction)
    : plusDays(at ?? now, direction * DAYS_OF[step], zone);
  return next === null || next >= now ? null : Math.max(next, first);
}

/**
 * The event before or after an instant. The last event is what now shows, so the one before now is the event
 * before the last.
 */
function neighbour(stops, at, direction) {
  if (direction > 0) {
    const next = at === null ? undefined : stops.find((stop) => stop.at > at);
    return next && next.at < stops.at(-1).at ? next.at : null;
  }
  const before = at ?? stops.at(-1)?.at;
  return stops.findLast((stop) => stop.at < before)?.at ?? at ?? null;
}

/** Rounds the instant of a pointer to a second; close to now it is now. */
export function pointed(instant, first, now, tolerance) {
  return instant > now - tolerance ? null : Math.max(first, Math.round(instant / 1000) * 1000);
}
