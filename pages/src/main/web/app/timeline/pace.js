// Daily paces on a slider: equal steps are equal factors, because twice as fast is the same change at every pace.
// No DOM.

export const LEAST_PACE = 0.001;
export const GREATEST_PACE = 1;
export const PACE_STEPS = 100;

/** The pace of a step of the slider, as a part of the book in a day. */
export const paceOf = (step) => LEAST_PACE * (GREATEST_PACE / LEAST_PACE) ** (step / PACE_STEPS);

/** The step that is closest to a pace. */
export function stepOf(pace) {
  const step = Math.log(Math.max(pace, LEAST_PACE) / LEAST_PACE) / Math.log(GREATEST_PACE / LEAST_PACE) * PACE_STEPS;
  return Math.min(PACE_STEPS, Math.max(0, Math.round(step)));
}

/** The instant of the finish at a pace; the service computes the same. */
export const finishAt = (fraction, perDay, now) => now + (1 - fraction) / perDay * 86_400_000;
