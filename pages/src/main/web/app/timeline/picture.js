// The picture of a timeline: the past as a line, the future as a cone. A pure function from data to SVG.

import { nothing, svg } from 'lit';
import { arcPath, clamp, linearScale, linePath, shapePath, stepArea, stepPath } from '../../kit/chart.js';
import { parseInstant, timeTicks } from '../../kit/calendar.js';
import { percent } from '../../kit/format.js';
import { t } from '../../kit/words.js';
import { lineOf, marksOf, restoresOf } from './track.js';
import { dayIn, zoned } from './zoned.js';

const HOUR_OF_PICTURE = 3_600_000;

/** The part of the picture that the past has at least. */
const LEAST_PAST = 0.45;

/**
 * The measures of a picture: sizes, the scales of time and place, and which instants it shows. `ahead` is how far
 * the future reaches that should be seen, or null if it is not known.
 */
export function measuresOf({ width, height, first, now, ahead, isOpen }) {
  const narrow = width < 520;
  const margin = { left: narrow ? 42 : 46, right: narrow ? 10 : 18, top: 30, bottom: 30 };
  const span = Math.max(now - first, HOUR_OF_PICTURE);
  const least = span * (!isOpen ? 0.06 : ahead === null ? 0.4 : 0.15);
  const most = span * (1 / LEAST_PAST - 1);
  const end = now + clamp(ahead === null ? least : (ahead - now) * 1.08, least, most);
  return {
    width, height, margin, narrow, first, now, end, bottom: height - margin.bottom,
    x: linearScale([now - span, end], [margin.left + 6, width - margin.right]),
    y: linearScale([0, 1], [height - margin.bottom, margin.top]),
  };
}

/**
 * The whole picture. What is past is there twice, as it is known at the shown instant and as the trace of what came
 * later, in two frames side by side; `frameAt` moves the line between them without drawing anything again.
 */
export function timelinePicture(measures, { stops, devices, zone, forecast, finishBy, assumed, isOpen }) {
  const track = past(measures, stops, devices, isOpen);
  return svg`
    ${grid(measures, zone)}
    ${isOpen ? svg`<g class="ahead">${future(measures, { stops, forecast, finishBy, assumed, zone })}</g>` : nothing}
    <svg class="trace" x="0" y="0" width="0" height=${measures.height}>${track}</svg>
    <svg class="known" x="0" y="0" width=${measures.width} height=${measures.height}>${track}</svg>
    ${nowLine(measures)}`;
}

/** Shows in a drawn picture what was known at an instant; null for now. */
export function frameAt(picture, { x, width, height }, at) {
  const edge = at === null ? width : Math.max(0, x(at) + 0.5);
  picture.querySelector('.known')?.setAttribute('width', edge);
  const trace = picture.querySelector('.trace');
  trace?.setAttribute('x', edge);
  trace?.setAttribute('width', Math.max(0, width - edge));
  trace?.setAttribute('viewBox', `${edge} 0 ${Math.max(1, width - edge)} ${height}`);
}

function grid({ x, y, first, end, width, height, margin, narrow, bottom }, zone) {
  const from = Math.min(first, x.invert(margin.left));
  return svg`
    ${[0, 0.25, 0.5, 0.75, 1].map((place) => svg`
      <line class="grid" x1=${margin.left} x2=${width - margin.right} y1=${y(place)} y2=${y(place)}></line>
      <text class="axis" x=${margin.left - 8} y=${y(place)} dy="0.35em" text-anchor="end">${percent(place)}</text>`)}
    ${timeTicks(from, end, zone, narrow ? 4 : Math.floor(width / 110)).map(({ at, unit }) => svg`
      <line class="tick" x1=${x(at)} x2=${x(at)} y1=${bottom} y2=${bottom + 5}></line>
      <text class="axis" x=${clamp(x(at), margin.left + 12, width - 22)} y=${height - 8}
        text-anchor="middle">${zoned(unit, at, zone)}</text>`)}`;
}

function past(measures, stops, devices, isOpen) {
  const { x, y, now, bottom } = measures;
  if (stops.length === 0) {
    return nothing;
  }
  const places = [{ at: stops[0].at, place: 0 }, ...lineOf(stops, x)];
  const until = isOpen ? [{ at: now, place: places.at(-1).place }] : [];
  const points = [...places, ...until].map((point) => [x(point.at), y(point.place)]);
  return svg`
    <path class="area" d=${stepArea(points, bottom)}></path>
    <path class="line" d=${stepPath(points)}></path>
    ${restoreArcs(measures, stops)}
    ${marks(measures, stops, devices)}`;
}

function restoreArcs({ x, y, margin }, stops) {
  return restoresOf(stops).map((restore) => {
    const target = [Math.max(x(restore.target), margin.left), y(restore.place)];
    return svg`
      <path class="restore" d=${arcPath([x(restore.at), y(restore.from)], target, 8)}></path>
      <circle class="restore-end" cx=${target[0]} cy=${target[1]} r="3.5"></circle>`;
  });
}

function marks({ x, y }, stops, devices) {
  const number = new Map(devices.map(({ id }, index) => [id, index]));
  return marksOf(stops, (instant) => x(instant) / 5).map((mark) => (mark.device === null
    ? svg`<path class="milestone" d=${`${linePath([[x(mark.at), y(0)], [x(mark.at), y(0) - 9]])}${
      shapePath(2, x(mark.at), y(0), 4)}`}></path>`
    : svg`<path class="mark device-${number.get(mark.device) % 5} ${mark.moved ? '' : 'unmoved'}"
        d=${shapePath(number.get(mark.device), x(mark.at), y(mark.place), markSize(mark))}></path>`));
}

/** A mark of many events is larger, in pixels. */
const markSize = ({ count }) => Math.min(5, 2.6 + Math.log2(count) / 2);

function nowLine({ x, now, margin, bottom }) {
  return svg`
    <line class="now" x1=${x(now)} x2=${x(now)} y1=${margin.top - 8} y2=${bottom}></line>
    <text class="now-label" x=${x(now)} y=${margin.top - 13} text-anchor="middle">${t('timeline.now')}</text>`;
}

function future(measures, { stops, forecast, finishBy, assumed, zone }) {
  const { x, y, now, width, height, margin, bottom } = measures;
  const here = [x(now), y(stops.at(-1)?.position?.fraction ?? 0)];
  return svg`
    <rect class="future" x=${x(now)} y=${margin.top} width=${Math.max(0, width - margin.right - x(now))}
      height=${bottom - margin.top}></rect>
    <svg x="0" y="0" width=${width - margin.right} height=${height}>
      ${forecast?.expected && forecast.earliest ? cone(measures, here, forecast, Boolean(assumed)) : nothing}
      ${assumed ? svg`<path class="assumed" d=${linePath([here, [x(assumed.finish), y(1)]])}></path>
        <path class="assumed-end" d=${shapePath(0, x(assumed.finish), y(1), 5)}></path>` : nothing}
    </svg>
    ${forecast?.expected || assumed || !forecast ? nothing : untold(measures)}
    ${finishLabel(measures, assumed?.finish ?? (forecast?.expected && parseInstant(forecast.expected)), zone)}
    ${finishBy ? flag(measures, parseInstant(finishBy), zone) : nothing}`;
}

function cone({ x, y, width }, here, { expected, earliest, latest }, faded) {
  const [from, middle] = [x(parseInstant(earliest)), x(parseInstant(expected))];
  const edge = latest ? [[x(parseInstant(latest)), y(1)]] : [[2 * width, y(1)], [2 * width, here[1]]];
  return svg`
    <g class=${faded ? 'faded' : ''}>
      <path class="cone" d=${`${linePath([here, [from, y(1)], ...edge])}Z`}></path>
      <path class="expected" d=${linePath([here, [middle, y(1)]])}></path>
      <path class="expected-end" d=${shapePath(0, middle, y(1), 4)}></path>
    </g>`;
}

/** That there is nothing to draw, in the place of the cone. */
function untold({ x, now, width, margin, bottom }) {
  const middle = (x(now) + width - margin.right) / 2;
  const lines = t('timeline.untold').match(/\S.{0,9}\S*/g);
  const top = margin.top + (bottom - margin.top) / 3;
  return lines.map((line, index) => svg`
    <text class="untold" x=${middle} y=${top + 18 * index} text-anchor="middle">${line}</text>`);
}

/** The expected finish by its date, above the picture; beyond its edge with an arrow. */
function finishLabel({ x, width, margin, now }, finish, zone) {
  if (!finish) {
    return nothing;
  }
  const isBeyond = x(finish) > width - margin.right;
  const words = dayIn(finish, zone) + (isBeyond ? ' →' : '');
  const at = Math.max(Math.min(x(finish), width - margin.right), x(now) + 40);
  return svg`<text class="finish" x=${at} y=${margin.top - 13}
    text-anchor=${width - margin.right - at < 40 ? 'end' : 'middle'}>${words}</text>`;
}

function flag({ x, y, width, margin, narrow }, finishBy, zone) {
  const at = Math.min(x(finishBy), width - margin.right);
  const side = width - margin.right - at < (narrow ? 45 : 90) ? -1 : 1;
  const day = dayIn(finishBy, zone);
  return svg`
    <g class="plan">
      <line x1=${at} x2=${at} y1=${y(0)} y2=${y(0.42)}></line>
      <path d=${`M${at} ${y(0.42)}h${side * 16}l${-side * 4} 5l${side * 4} 5h${-side * 16}Z`}></path>
      <text x=${at + side * 5} y=${y(0.42) + 24} text-anchor=${side < 0 ? 'end' : 'start'}>
        ${narrow ? day : t('timeline.planFlag', { day })}</text>
    </g>`;
}
