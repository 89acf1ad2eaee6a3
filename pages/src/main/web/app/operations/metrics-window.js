// The last five minutes of what all services measured.

import { STRIPS } from './meters.js';

/** How many snapshots are kept: one comes each second. */
export const WINDOW = 300;

/** How many past faults are kept. */
const FAULTS = 20;

/** Seconds of appends or read models behind which are a fault. */
const LAG_LIMIT = 5;

/** One service: a ring of values for each strip, and what is and was wrong with it. */
class ServiceWindow {
  #before = null;
  #at = null;
  #uptime = null;

  constructor(name) {
    this.name = name;
    this.state = null;
    this.metrics = null;
    /** Faults of now by kind: `{kind, since, isOlder, detail}`; `isOlder` if it was so when the page began. */
    this.faults = new Map();
    this.series = new Map(STRIPS.map(({ key }) => [key, new Float64Array(WINDOW).fill(NaN)]));
  }

  add({ state, metrics }, at, slot, isFirst) {
    this.state = state;
    this.metrics = metrics ?? null;
    const seconds = this.#at === null ? 0 : (at - this.#at) / 1000;
    for (const { key, value } of STRIPS) {
      const found = metrics ? value({ metrics, before: this.#before, seconds }) : null;
      this.series.get(key)[slot] = found ?? NaN;
    }
    this.#before = metrics ?? null;
    this.#at = at;
    return this.#changes(at, slot, isFirst);
  }

  /** Returns the faults that have ended. */
  #changes(at, slot, isFirst) {
    const ended = [];
    for (const [kind, isWrong] of Object.entries(this.#checks(slot))) {
      const known = this.faults.get(kind);
      if (isWrong && !known) {
        this.faults.set(kind, { service: this.name, kind, since: at, isOlder: isFirst });
      } else if (!isWrong && known) {
        this.faults.delete(kind);
        ended.push({ ...known, until: at });
      }
    }
    return [...ended, ...this.#restart(at)];
  }

  /** What counts for several seconds does not come and go with each snapshot. */
  #checks(slot) {
    const latest = (key, count = 1) =>
      Array.from({ length: count }, (_, age) => this.series.get(key)[(slot + WINDOW - age) % WINDOW]);
    return {
      down: this.state === 'down',
      unready: this.state === 'unready',
      errors: latest('errors', 30).some((value) => value > 0),
      append: latest('append99', 10).some((value) => value > LAG_LIMIT),
      projection: latest('projection').every((value) => value > LAG_LIMIT),
      pending: latest('pending', 5).every((value) => value > 0),
    };
  }

  #restart(at) {
    const uptime = this.metrics?.find((meter) => meter.name === 'process.uptime')?.value;
    const isYounger = uptime !== undefined && this.#uptime !== null && uptime < this.#uptime;
    this.#uptime = uptime ?? this.#uptime;
    return isYounger ? [{ service: this.name, kind: 'restarted', since: at - uptime * 1000, until: at }] : [];
  }
}

/** All services. Its memory does not grow: rings of a fixed length, and the latest faults. */
export class MetricsWindow {
  #services = new Map();
  #next = 0;

  /** The number of snapshots that are kept so far. */
  size = 0;

  /** The instant of the latest snapshot, or null. */
  at = null;

  /** Faults that have ended, the latest first. */
  past = [];

  get services() {
    return [...this.#services.values()];
  }

  /** Adds a snapshot of the stream of operations. */
  add({ at, services }) {
    const isFirst = this.at === null;
    this.at = Date.parse(at);
    for (const service of services) {
      const known = this.#services.get(service.service) ?? new ServiceWindow(service.service);
      this.#services.set(service.service, known);
      this.past.unshift(...known.add(service, this.at, this.#next, isFirst));
    }
    this.past.length = Math.min(this.past.length, FAULTS);
    this.#next = (this.#next + 1) % WINDOW;
    this.size = Math.min(this.size + 1, WINDOW);
  }

  /** What is wrong now, the oldest first. */
  get faults() {
    return this.services.flatMap((service) => [...service.faults.values()])
      .sort((one, other) => one.since - other.since);
  }

  /** The values of a strip, the oldest first; NaN where there was none. */
  values(service, key) {
    const ring = service.series.get(key);
    const start = this.#next + WINDOW - this.size;
    return Array.from({ length: this.size }, (_, index) => ring[(start + index) % WINDOW]);
  }

  /** A copy that does not change, for a paused page. */
  freeze() {
    const copy = new MetricsWindow();
    copy.#next = this.#next;
    Object.assign(copy, { size: this.size, at: this.at, past: [...this.past] });
    copy.#services = new Map(this.services.map((service) => [service.name, {
      name: service.name,
      state: service.state,
      metrics: service.metrics,
      faults: new Map(service.faults),
      series: new Map([...service.series].map(([key, ring]) => [key, ring.slice()])),
    }]));
    return copy;
  }
}
