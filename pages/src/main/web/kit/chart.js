// What drawings in SVG share: scales, paths and shapes, as pure functions. Coordinates are in pixels.

const toTenth = (value) => Math.round(value * 10) / 10;

const pointText = ([x, y]) => `${toTenth(x)} ${toTenth(y)}`;

/** Returns a function from the domain to the range, with `invert` for the way back. */
export function linearScale([from, to], [start, end]) {
  const factor = to === from ? 0 : (end - start) / (to - from);
  const scale = (value) => start + (value - from) * factor;
  scale.invert = (position) => (factor ? from + (position - start) / factor : from);
  return scale;
}

export const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

/** A path of straight lines through points `[x, y]`. */
export function linePath(points) {
  return points.map((point, index) => `${index ? 'L' : 'M'}${pointText(point)}`).join('');
}

/** A path that stays at the height of a point until the next one. */
export function stepPath(points) {
  return points.map(([x, y], index) => (index ? `H${toTenth(x)}V${toTenth(y)}` : `M${pointText([x, y])}`)).join('');
}

/** The area between a step path and a base line. */
export function stepArea(points, base) {
  return points.length ? `${stepPath(points)}V${toTenth(base)}H${toTenth(points[0][0])}Z` : '';
}

/** An arc from a point back to another: over both, or beside them if they are one above the other. */
export function arcPath([x1, y1], [x2, y2], top = 0) {
  if (Math.abs(x2 - x1) < 28) {
    const side = Math.max(x1, x2) + 30;
    return curvePath([x1, y1], [side, y1], [side, y2], [x2, y2]);
  }
  const rise = Math.max(Math.min(y1, y2) - clamp(Math.abs(x2 - x1) / 2, 18, 70), top);
  return curvePath([x1, y1], [x1, rise], [x2, rise], [x2, y2]);
}

function curvePath(start, ...points) {
  return `M${pointText(start)}C${points.map(pointText).join(' ')}`;
}

/** Paths of small shapes around a point, told apart without colour. */
const MARK_SHAPES = [
  (r) => `m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  (r) => `m${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}Z`,
  (r) => `m0 ${-1.3 * r}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}Z`,
  (r) => `m0 ${-1.2 * r}l${1.2 * r} ${2.1 * r}h${-2.4 * r}Z`,
  (r) => `m0 ${1.2 * r}l${1.2 * r} ${-2.1 * r}h${-2.4 * r}Z`,
];

/** The path of a shape by its number; numbers beyond the last shape begin again. */
export function shapePath(number, x, y, radius = 3.5) {
  return `M${pointText([x, y])}${MARK_SHAPES[number % MARK_SHAPES.length](toTenth(radius))}`;
}
