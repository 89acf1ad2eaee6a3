// A strip: five minutes of one meter as a line.

import { html, svg } from 'lit';

import '../../kit/copy-button.js';
import { bytes, number } from '../../kit/format.js';
import { t } from '../../kit/words.js';
import { WINDOW } from './metrics-window.js';

const WIDTH = 300;
const HEIGHT = 48;

const UNITS = {
  number: (value) => number(Math.round(value)),
  rate: (value) => t('operations.perSecond', { value: number(Math.round(value * 10) / 10) }),
  seconds: (value) => (value < 1
    ? t('operations.milliseconds', { value: number(Number((value * 1000).toPrecision(3))) })
    : t('operations.seconds', { value: number(Number(value.toPrecision(3))) })),
  bytes,
};

/** A value of a strip with its unit, or a dash if there is none. */
export const valueText = (value, unit) => (Number.isFinite(value) ? UNITS[unit](value) : '–');

/** The latest, the lowest and the highest of the values that are there. */
export function extremes(values) {
  const known = values.filter(Number.isFinite);
  return { latest: values.at(-1), lowest: Math.min(...known), highest: Math.max(...known), count: known.length };
}

/** The path of a line whose last value is at the right; it is broken where a value is missing. */
export function linePath(values, highest) {
  const x = (index) => WIDTH - (values.length - 1 - index) * (WIDTH / (WINDOW - 1));
  const y = (value) => HEIGHT - 2 - (highest > 0 ? (value / highest) * (HEIGHT - 4) : 0);
  let isDrawn = false;
  let path = '';
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      isDrawn = false;
      return;
    }
    const point = `${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    // A single value is a dot: a line of no length with a round end.
    path += isDrawn ? `L${point}` : `M${point}h0`;
    isDrawn = true;
  });
  return path;
}

/** One meter of one service. The line is for the eyes; the numbers beside it say the same. */
export function strip({ key, meter, unit, query }, service, values) {
  const { latest, lowest, highest } = extremes(values);
  const promql = query(service);
  return html`
    <figure class="strip">
      <figcaption>${t(`operations.${key}`)} <strong>${valueText(latest, unit)}</strong></figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path d=${linePath(values, highest)} vector-effect="non-scaling-stroke"></path>`}
      </svg>
      <p class="quiet small">${Number.isFinite(lowest)
        ? t('operations.range', { lowest: valueText(lowest, unit), highest: valueText(highest, unit) })
        : t('operations.noValues')}</p>
      <details>
        <summary><span class="visually-hidden">${t(`operations.${key}`)}: </span>${t('operations.meter')}</summary>
        <p><code>${meter}</code></p>
        <p><code class="query">${promql}</code>
          <lectern-copy-button .text=${promql} .label=${t('operations.copy')}></lectern-copy-button></p>
      </details>
    </figure>`;
}
