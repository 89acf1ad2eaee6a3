// Instants in words, by the clock of a zone.

import { locale } from '../../kit/words.js';

const KINDS = {
  moment: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  oldMoment: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  date: { weekday: 'short', day: 'numeric', month: 'short' },
  fullDate: { day: 'numeric', month: 'long', year: 'numeric' },
  day: { day: 'numeric', month: 'short' },
  farDay: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'short' },
  year: { year: 'numeric' },
  monthOfYear: { month: 'long', year: 'numeric' },
  hour: { hour: '2-digit', minute: '2-digit' },
};

const zonedFormats = new Map();

/** An instant in words of a kind, for example `short`: "24 Nov, 21:10". */
export function zoned(kind, instant, zone) {
  const key = `${kind} ${zone}`;
  if (!zonedFormats.has(key)) {
    zonedFormats.set(key, new Intl.DateTimeFormat(locale, { ...KINDS[kind], timeZone: zone }));
  }
  return zonedFormats.get(key).format(instant);
}

const HALF_A_YEAR = 183 * 86_400_000;

/** A moment with its weekday, or with its year if it is far away. */
export function momentIn(instant, zone, now = Date.now()) {
  return zoned(Math.abs(now - instant) > HALF_A_YEAR ? 'oldMoment' : 'moment', instant, zone);
}

/** A day, with its year if it is far away. */
export function dayIn(instant, zone, now = Date.now()) {
  return zoned(Math.abs(now - instant) > HALF_A_YEAR ? 'farDay' : 'day', instant, zone);
}
