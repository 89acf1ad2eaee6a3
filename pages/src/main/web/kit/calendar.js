// Instants and the calendar of a time zone. An instant is a number: milliseconds since 1970, in which the
// microseconds of the service are decimals, so that no two events of a log fall together.

const WALL_PARTS = Object.fromEntries(
  ['year', 'month', 'day', 'hour', 'minute', 'second'].map((part) => [part, 'numeric']));

const wallFormats = new Map();

/** Returns the instant of a text of RFC 3339, or NaN. */
export function parseInstant(text) {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text ?? '');
  return parts ? Date.parse(parts[1] + parts[3]) + Number((parts[2] ?? '').padEnd(6, '0').slice(0, 6)) / 1000 : NaN;
}

/** Returns an instant as the shortest text of RFC 3339, in UTC. */
export function instantText(instant) {
  const micros = Math.round(instant * 1000);
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = String(micros - seconds * 1_000_000).padStart(6, '0').replace(/0+$/, '');
  return new Date(seconds * 1000).toISOString().replace('.000Z', fraction ? `.${fraction}Z` : 'Z');
}

/** Returns the wall clock of a zone at an instant, as if it were UTC. The zone of the device if none is given. */
export function wallClock(instant, zone) {
  let format = wallFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { ...WALL_PARTS, hourCycle: 'h23', timeZone: zone });
    wallFormats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const seconds = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return seconds + (((instant % 1000) + 1000) % 1000);
}

/** Returns the instant at which the clock of a zone shows a time; of a time that is skipped, the one after the gap. */
export function instantOfWall(wall, zone) {
  const guess = wall - (wallClock(wall, zone) - wall);
  return wall - (wallClock(guess, zone) - guess);
}

/** Returns the beginning of the day in which an instant lies. */
export function startOfDay(instant, zone) {
  return instantOfWall(Math.floor(wallClock(instant, zone) / 86_400_000) * 86_400_000, zone);
}

/** Returns the instant some days later, at the same time of the clock. */
export function plusDays(instant, days, zone) {
  return instantOfWall(wallClock(instant, zone) + days * 86_400_000, zone);
}

/** The date of an instant in a zone, as `2026-11-24`. */
export const dateText = (instant, zone) => new Date(wallClock(instant, zone)).toISOString().slice(0, 10);

const HOUR_LENGTH = 3_600_000;

const STEPS_OF_TIME = [
  ...[1, 3, 6, 12].map((hours) => ({ unit: 'hour', length: hours * HOUR_LENGTH, hours })),
  ...[1, 2, 7, 14].map((count) => ({ unit: 'day', length: count * 24 * HOUR_LENGTH, days: count })),
  ...[1, 2, 3, 6, 12].map((months) => ({ unit: 'month', length: months * 30 * 24 * HOUR_LENGTH, months })),
];

/**
 * Returns round instants between two others, at most about as many as wanted: `{at, unit}`, the unit being `hour`,
 * `day` or `month`. An hour that begins a day, and a month that begins a year, have the longer unit.
 */
export function timeTicks(from, to, zone, most = 8) {
  const step = STEPS_OF_TIME.find(({ length }) => (to - from) / length <= most)
    ?? { months: 12 * Math.ceil((to - from) / (most * 365 * 24 * HOUR_LENGTH)) };
  const ticks = step.months ? monthTicks(from, to, zone, step.months)
    : step.days ? dayTicks(from, to, zone, step.days) : hourTicks(from, to, zone, step.hours);
  return ticks.filter(({ at }) => at >= from && at <= to);
}

function hourTicks(from, to, zone, hours) {
  const ticks = [];
  for (let day = startOfDay(from, zone); day <= to; day = plusDays(day, 1, zone)) {
    for (let hour = 0; hour < 24; hour += hours) {
      ticks.push({ at: instantOfWall(wallClock(day, zone) + hour * HOUR_LENGTH, zone), unit: hour ? 'hour' : 'day' });
    }
  }
  return ticks;
}

function dayTicks(from, to, zone, days) {
  const ticks = [];
  // Weeks begin on Monday; 5 January 1970 was one.
  const number = Math.round(wallClock(startOfDay(from, zone), zone) / 86_400_000) - 4;
  for (let day = number - (((number % days) + days) % days); ; day += days) {
    const at = instantOfWall((day + 4) * 86_400_000, zone);
    if (at > to) {
      return ticks;
    }
    ticks.push({ at, unit: 'day' });
  }
}

function monthTicks(from, to, zone, months) {
  const ticks = [];
  const first = new Date(wallClock(from, zone));
  for (let month = first.getUTCMonth() - (first.getUTCMonth() % months); ; month += months) {
    const wall = Date.UTC(first.getUTCFullYear(), month, 1);
    const at = instantOfWall(wall, zone);
    if (at > to) {
      return ticks;
    }
    ticks.push({ at, unit: new Date(wall).getUTCMonth() ? 'month' : 'year' });
  }
}
