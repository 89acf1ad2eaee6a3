// The past of a reading as a line of its place over time, from the entries of its history. No DOM.

import { dateText, parseInstant, plusDays, startOfDay } from '../../kit/calendar.js';

const STATUS_AFTER = {
  'reading-started': 'reading', 'reading-reopened': 'reading', 'reading-resumed': 'reading',
  'reading-finished': 'finished', 'reading-abandoned': 'abandoned',
  'reading-removed': 'removed', 'reading-returned': 'reading',
};

/**
 * The states of a reading in the order of an axis of time: `received` is what the service knew, `occurred` where
 * the reader was. Each stop is `{at, type, entry, position, furthest, status, from, moved, reported}`: `from` is the
 * place before it, and `reported` what a report said that moved nothing.
 */
export function trackOf(entries, axis = 'received') {
  const ascending = [...entries].sort((a, b) => a.version - b.version);
  return axis === 'occurred' ? occurredStops(ascending) : receivedStops(ascending);
}

const placeIn = (position) => position?.fraction ?? 0;

function receivedStops(entries) {
  let from = 0;
  return entries.map((entry) => {
    const stop = {
      at: parseInstant(entry.receivedAt), type: entry.type, entry, position: entry.position, furthest: entry.furthest,
      status: entry.status, from, moved: entry.moved !== false, reported: entry.reported,
    };
    from = placeIn(entry.position);
    return stop;
  });
}

/** As the service does it: each report is judged as if it had been received when it occurred. */
function occurredStops(entries) {
  let position;
  let furthest;
  let restoredAt = -Infinity;
  let status = 'reading';
  return inOrderOfEvents(entries).map(({ at, entry }) => {
    const from = placeIn(position);
    const reported = entry.reported ?? (entry.type === 'position-reported' ? entry.position : undefined);
    let moved = true;
    if (entry.type === 'position-reported' && reported) {
      const time = parseInstant(reported.occurredAt);
      moved = time >= restoredAt && !(position && time < parseInstant(position.occurredAt));
      furthest = time >= restoredAt && !(furthest && reported.fraction <= furthest.fraction) ? reported : furthest;
      position = moved ? reported : position;
    } else if (entry.type === 'position-restored') {
      ({ position, furthest } = entry);
      restoredAt = at;
    } else {
      status = STATUS_AFTER[entry.type] ?? status;
    }
    const ignored = moved ? undefined : reported;
    return { at, type: entry.type, entry, position, furthest, status, from, moved, reported: ignored };
  });
}

/** Changes of the status keep the order of the log, and the start is first, whatever the clocks say. */
function inOrderOfEvents(entries) {
  let lastStatusAt = -Infinity;
  const timed = entries.map((entry) => {
    const time = parseInstant(entry.occurredAt);
    if (entry.type !== 'reading-started' && STATUS_AFTER[entry.type]) {
      lastStatusAt = Math.max(lastStatusAt, time);
      return { at: lastStatusAt, entry };
    }
    return { at: time, entry };
  });
  const [start, ...others] = timed;
  others.sort((a, b) => a.at - b.at || a.entry.version - b.entry.version);
  if (start?.entry.type !== 'reading-started') {
    return start ? [start, ...others].sort((a, b) => a.at - b.at || a.entry.version - b.entry.version) : [];
  }
  return [{ ...start, at: Math.min(start.at, others[0]?.at ?? start.at) }, ...others];
}

/** The last stop at or before an instant, or undefined if the reading had not begun. */
export function stopAt(stops, instant) {
  let low = 0;
  let high = stops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stops[middle].at <= instant) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return stops[low - 1];
}

/** The stops at or before an instant; all of them for null, which is now. */
export function stopsUntil(stops, instant) {
  const last = instant === null ? stops.at(-1) : stopAt(stops, instant);
  return last === stops.at(-1) ? stops : stops.slice(0, last ? stops.lastIndexOf(last) + 1 : 0);
}

/**
 * The line of the place with at most four points for each column of the picture: the first, the lowest, the highest
 * and the last. So a picture of thousands of events is as quick as one of ten, and no peak is lost.
 */
export function lineOf(stops, columnOf) {
  const points = [];
  let column;
  let group = [];
  const flush = () => {
    if (group.length > 4) {
      const byPlace = [...group].sort((a, b) => a.place - b.place);
      const kept = new Set([group[0], byPlace[0], byPlace.at(-1), group.at(-1)]);
      group = group.filter((point) => kept.has(point));
    }
    points.push(...group);
    group = [];
  };
  for (const stop of stops) {
    const next = Math.round(columnOf(stop.at));
    if (next !== column) {
      flush();
      column = next;
    }
    group.push({ at: stop.at, place: placeIn(stop.position) });
  }
  flush();
  return points;
}

/** The devices in the order in which they were first used. Reports without a device belong to an unnamed one. */
export function devicesOf(stops) {
  const devices = new Map();
  for (const { type, reported, position } of stops) {
    if (type === 'position-reported') {
      const device = (reported ?? position)?.device;
      devices.set(device?.id ?? '', device ?? { id: '' });
    }
  }
  return [...devices.values()];
}

/** The most marks of a picture. */
const MAX_MARKS = 400;

/** One mark for all events of a kind and a device that are closer than the bins of the picture can show. */
export function marksOf(stops, binOf) {
  for (let width = 1; ; width *= 2) {
    const marks = binnedMarks(stops, (at) => Math.round(binOf(at) / width), 50 / width);
    if (marks.length <= MAX_MARKS) {
      return marks;
    }
  }
}

function binnedMarks(stops, binOf, rows) {
  const marks = new Map();
  for (const { at, type, reported, position, moved } of stops) {
    if (type === 'position-restored') {
      continue;
    }
    const isReport = type === 'position-reported';
    const shown = reported ?? position;
    const device = isReport ? shown?.device?.id ?? '' : null;
    const place = placeIn(shown);
    const key = `${binOf(at)} ${isReport ? Math.round(place * rows) : ''} ${type} ${moved} ${device}`;
    const mark = marks.get(key);
    if (mark) {
      mark.count++;
      mark.at = at;
      mark.place = place;
    } else {
      marks.set(key, { at, place, type, device, moved, count: 1 });
    }
  }
  return [...marks.values()];
}

/** The latest restores, as arcs from where the reader was lost to the time and place that came back. */
export function restoresOf(stops, most = 24) {
  return stops.filter(({ type }) => type === 'position-restored').slice(-most).map((stop) => {
    const time = stop.position?.occurredAt;
    const source = stops.findLast(({ at, type, position }) => at <= stop.at && type !== 'position-restored'
      && position?.occurredAt === time && position?.fraction === stop.position?.fraction);
    return { at: stop.at, from: stop.from, place: placeIn(stop.position), target: source?.at ?? parseInstant(time) };
  });
}

/** The days with events, the newest first: `{date, at, place, from, reports, restores, devices}`. */
export function daysOf(stops, zone) {
  const days = new Map();
  let date;
  let end = -Infinity;
  for (const stop of stops) {
    // The calendar is slow, so it is asked once a day.
    if (stop.at >= end) {
      date = dateText(stop.at, zone);
      end = plusDays(startOfDay(stop.at, zone), 1, zone);
    }
    const known = days.get(date) ?? { date, from: stop.from, reports: 0, restores: 0, devices: new Map() };
    const device = (stop.reported ?? stop.position)?.device;
    if (stop.type === 'position-reported') {
      known.reports++;
      known.devices.set(device?.id ?? '', device ?? { id: '' });
    } else if (stop.type === 'position-restored') {
      known.restores++;
    }
    days.set(date, { ...known, at: stop.at, place: placeIn(stop.position) });
  }
  return [...days.values()].reverse();
}
