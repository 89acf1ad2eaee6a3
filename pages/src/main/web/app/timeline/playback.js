// The past played back: which instant to show at which time. No DOM, no timer.

/** How many times as fast as it was. */
export const SPEEDS = [1, 10, 100, 1_000, 10_000, 100_000];

/** Milliseconds between the pictures of a playback for a reader who wants no motion. */
export const STILL_INTERVAL = 1_000;

/** The speed at which a length of time, in milliseconds, plays in about half a minute. */
export const fittingSpeed = (length) => SPEEDS.find((speed) => length / speed <= 45_000) ?? SPEEDS.at(-1);

/** A playback from one instant to another that begins at a time of the page's clock. */
export const playback = (from, to, speed, startedAt) => ({ from, to, speed, startedAt });

/** The instant that a playback shows at a time of the page's clock. */
export function shownAt({ from, to, speed, startedAt }, time) {
  return Math.min(to, from + Math.max(0, time - startedAt) * speed);
}

export const isOver = (play, time) => shownAt(play, time) >= play.to;

/** The same playback, going on at another speed from what it shows. */
export const atSpeed = (play, speed, time) => playback(shownAt(play, time), play.to, speed, time);
