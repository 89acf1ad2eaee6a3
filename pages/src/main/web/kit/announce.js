// What is said to readers of the screen about changes that nobody here has caused.

/** The shortest time between two lines, in milliseconds. */
const ANNOUNCE_PERIOD = 5_000;

let announced = null;
let lastAnnouncedAt = -Infinity;
let announceTimer = null;

/** Says a line as soon as the one before has had its time. Of several that wait, the last one counts. */
export function announce(text) {
  announced = text;
  announceTimer ??= setTimeout(sayAnnounced, Math.max(0, lastAnnouncedAt + ANNOUNCE_PERIOD - performance.now()));
}

function sayAnnounced() {
  announceTimer = null;
  lastAnnouncedAt = performance.now();
  document.getElementById('announcements').textContent = announced;
}
