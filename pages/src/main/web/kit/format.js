// Numbers and times as the reader writes them.

import { locale } from './words.js';

const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const numbers = new Intl.NumberFormat(locale);
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const moments = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
const clocks = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

const STEPS = [['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** A fraction from 0 to 1 as a percentage. */
export const percent = (fraction) => percents.format(fraction);

export const number = (value) => numbers.format(value);

/** A day, for example "3 Nov 2026". */
export const day = (instant) => days.format(new Date(instant));

/** A moment, for example "Tuesday 24 November, 21:10". */
export const moment = (instant) => moments.format(new Date(instant));

/** A time of this day, for example "21:10"; of another day with the day. */
export function clock(instant) {
  const date = new Date(instant);
  return date.toDateString() === new Date().toDateString() ? clocks.format(date) : moment(date);
}
/** A time of today, for example "21:10:05". */
export const time = (instant) => times.format(new Date(instant));

/** How long ago something was, or how far ahead it is, for example "2 hours ago". */
export function ago(instant, now = Date.now()) {
  const seconds = (new Date(instant) - now) / 1000;
  const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return relative.format(Math.round(seconds / length), unit);
}

/** Text in a list, for example "Ada, Grace and Mary". */
export const list = (texts) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(texts);

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** A number of bytes, for example "135 MB". */
export function bytes(value) {
  const step = Math.min(value < 1 ? 0 : Math.floor(Math.log10(value) / 3), BYTE_UNITS.length - 1);
  return new Intl.NumberFormat(locale, { style: 'unit', unit: BYTE_UNITS[step], unitDisplay: step ? 'short' : 'long',
    maximumFractionDigits: step > 2 ? 1 : 0 }).format(value / 1000 ** step);
}

/** A length of time in its largest unit, for example "7 seconds" or "3 minutes". */
export function duration(seconds) {
  const [unit, length] = STEPS.find(([, size]) => seconds >= size) ?? ['second', 1];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 })
    .format(seconds / length);
}
