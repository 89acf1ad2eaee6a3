// The days of a year with reading, as weeks and as weekdays. Dates are texts, `2026-11-24`. No DOM.

const DAY = 86_400_000;

const numberOf = (date) => Date.parse(`${date}T00:00:00Z`) / DAY;

const dateOf = (number) => new Date(number * DAY).toISOString().slice(0, 10);

/** The weekday of a date, 0 for Monday. */
export const weekdayOf = (date) => (numberOf(date) + 3) % 7;

/**
 * All days from one date to another, both included, as columns of weeks that begin on Monday:
 * `[{date, weekday, minutes}]` each. Days without reading have 0 minutes.
 */
export function weeksOf(days, from, to) {
  const minutes = new Map(days.map((day) => [day.date, day.minutes]));
  const read = new Set(minutes.keys());
  const weeks = [];
  for (let number = numberOf(from); number <= numberOf(to); number++) {
    const date = dateOf(number);
    const weekday = weekdayOf(date);
    if (weeks.length === 0 || weekday === 0) {
      weeks.push([]);
    }
    weeks.at(-1).push({ date, weekday, minutes: minutes.get(date) ?? 0, isRead: read.has(date) });
  }
  return weeks;
}

/**
 * What is read on each weekday, from Monday on: `{weekday, days, minutes, perDay}`, `perDay` being the average of all
 * such days of the period, not only of those with reading.
 */
export function weekdaysOf(weeks) {
  const all = weeks.flat();
  return Array.from({ length: 7 }, (_, weekday) => {
    const days = all.filter((day) => day.weekday === weekday);
    const minutes = days.reduce((sum, day) => sum + day.minutes, 0);
    const read = days.filter(({ isRead }) => isRead).length;
    return { weekday, days: read, minutes, perDay: minutes / Math.max(1, days.length) };
  });
}

/** The months of the period with what was read in each, for the table. */
export function monthsOf(weeks) {
  const months = new Map();
  for (const { date, minutes, isRead } of weeks.flat()) {
    const month = date.slice(0, 7);
    const known = months.get(month) ?? { month, days: 0, minutes: 0 };
    months.set(month, { month, days: known.days + (isRead ? 1 : 0), minutes: known.minutes + minutes });
  }
  return [...months.values()];
}

/** How strong the colour of a day is, from 0 for none to 4. A day that counts without minutes has 1. */
export function levelOf({ minutes, isRead }) {
  return isRead ? 1 + [15, 30, 60].filter((limit) => minutes >= limit).length : 0;
}
