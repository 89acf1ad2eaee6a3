// The pictures of a year: its days as a calendar, its weekdays as bars.

import { svg } from 'lit';
import { linearScale } from '../../kit/chart.js';
import { locale } from '../../kit/words.js';
import { levelOf } from './year.js';

const monthNames = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
const weekdayNames = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });

/** 5 January 1970 was a Monday. */
export const weekdayName = (weekday) => weekdayNames.format((4 + weekday) * 86_400_000);

/**
 * The days as squares, a column a week. A narrow picture has several rows of weeks. Returns `{height, content}`.
 */
export function calendarPicture(weeks, width) {
  const left = 34;
  const rows = width < 640 ? Math.ceil(weeks.length * 13 / (width - left)) : 1;
  const perRow = Math.ceil(weeks.length / rows);
  const size = Math.min(20, (width - left) / perRow);
  const rowHeight = 7 * size + 30;
  const content = weeks.map((week, index) => {
    const x = left + (index % perRow) * size;
    const y = Math.floor(index / perRow) * rowHeight + 18;
    const first = week.find(({ date }) => date.endsWith('-01'));
    return svg`
      ${index % perRow === 0 ? weekdayLabels(y, size) : ''}
      ${first && (index % perRow) < perRow - 1 ? svg`
        <text x=${x} y=${y - 6}>${monthNames.format(Date.parse(first.date))}</text>` : ''}
      ${week.map((day) => svg`
        <rect class="day level-${levelOf(day)}" x=${x + 1} y=${y + day.weekday * size + 1} width=${size - 2}
          height=${size - 2} rx="2"></rect>`)}`;
  });
  return { height: rows * rowHeight, content };
}

function weekdayLabels(y, size) {
  return [0, 2, 4, 6].map((weekday) => svg`
    <text x="28" y=${y + (weekday + 0.5) * size} dy="0.35em" text-anchor="end">${weekdayName(weekday)}</text>`);
}

/** Minutes a day of each weekday, as bars with their numbers. */
export function weekdayPicture(weekdays, width, words) {
  const most = Math.max(1, ...weekdays.map(({ perDay }) => perDay));
  const length = linearScale([0, most], [0, Math.max(40, width - 172)]);
  return weekdays.map(({ weekday, perDay }) => svg`
    <text x="40" y=${weekday * 28 + 15} dy="0.35em" text-anchor="end">${weekdayName(weekday)}</text>
    <rect class="bar" x="50" y=${weekday * 28 + 5} width=${length(perDay)} height="20" rx="2"></rect>
    <text x=${56 + length(perDay)} y=${weekday * 28 + 15} dy="0.35em">${words(perDay)}</text>`);
}
