// One tab of a browser leads: it alone holds the event streams, and passes on what they bring.

import { newUuid } from './uuid.js';

const LEADER_LOCK = 'lectern-leader';
const TAB_LOCK = 'lectern-tab-';

/** How long a hidden leader waits until it lets another tab lead, in milliseconds. */
const HIDDEN_WAIT = 1_000;

/** A visible tab takes over from a leader that has said nothing for so long: it is frozen. In milliseconds. */
const LEADER_SILENCE = 30_000;

const TICK = 5_000;

/** How long a new leader waits for what the other tabs know, in milliseconds. */
const INTRODUCTION_TIME = 150;

export const tabId = newUuid();

/** Without both, for example over plain HTTP from another host, each tab leads itself. */
const canShare = Boolean(navigator.locks && globalThis.BroadcastChannel);

/**
 * The tabs of this browser, their channel and their election. `host` has the functions `describe()`, which returns
 * what other tabs must know of this one, `receive(message)`, `lead(others)`, `resign()` and `tabsChanged()`.
 */
export class TabGroup {
  /** What is known of the other tabs, by id: `{visible, shownAt, …}` and what their host describes. */
  tabs = new Map();

  isLeading = false;

  #host;
  #channel = canShare ? new BroadcastChannel('lectern-live') : null;
  #release = null;
  #request = null;
  #leaderHeardAt = Date.now();
  #shownAt = document.visibilityState === 'visible' ? Date.now() : 0;

  constructor(host) {
    this.#host = host;
  }

  join() {
    if (!this.#channel) {
      this.#beLeader();
      return;
    }
    this.#channel.onmessage = ({ data }) => this.#receive(data);
    navigator.locks.request(TAB_LOCK + tabId, () => this.#beOpen());
    document.addEventListener('visibilitychange', () => this.#visibilityChanged());
    addEventListener('focus', () => this.#visibilityChanged());
    addEventListener('pagehide', () => this.#leave());
    addEventListener('pageshow', ({ persisted }) => persisted && this.#comeBack());
    setInterval(() => this.#tick(), TICK);
    this.#comeBack();
  }

  send(message) {
    this.#channel?.postMessage({ ...message, from: tabId });
  }

  announce(kind = 'tab') {
    this.send({ kind, ...this.#description() });
  }

  /** This tab and the others, the one that was shown last first; hidden ones at the end. */
  byAttention() {
    return [{ id: tabId, ...this.#description() }, ...this.tabs.values()]
      .sort((one, other) => other.visible - one.visible || other.shownAt - one.shownAt);
  }

  #description() {
    return { visible: document.visibilityState === 'visible', shownAt: this.#shownAt, ...this.#host.describe() };
  }

  #receive(message) {
    if (message.to && message.to !== tabId) {
      return;
    }
    switch (message.kind) {
      case 'who':
      case 'tab':
        this.tabs.set(message.from, { ...message, id: message.from });
        if (message.kind === 'who') {
          this.announce();
        }
        this.#letGoIfHidden();
        this.#host.tabsChanged(message.from);
        break;
      case 'bye':
        this.tabs.delete(message.from);
        this.#host.tabsChanged(message.from);
        break;
      default:
        // Only the leader tells states.
        this.#leaderHeardAt = message.kind === 'states' ? Date.now() : this.#leaderHeardAt;
        this.#host.receive(message);
    }
  }

  /** Holds the lock of this tab as long as it is open. Tabs without one count as closed, so it is announced again. */
  #beOpen() {
    this.announce();
    return new Promise(() => {});
  }

  #comeBack() {
    this.#request = new AbortController();
    this.announce('who');
    this.#campaign(this.#request.signal);
  }

  #leave() {
    this.#request?.abort();
    this.#stopLeading();
    this.send({ kind: 'bye' });
  }

  async #campaign(signal) {
    while (!signal.aborted) {
      try {
        await navigator.locks.request(LEADER_LOCK, { signal }, () => this.#lead());
      } catch {
        // The page is left, or another tab has taken the lead.
        this.#stopLeading();
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #lead() {
    await this.#forgetClosedTabs();
    if (this.#shouldLetGo()) {
      return;
    }
    const over = new Promise((resolve) => {
      this.#release = resolve;
    });
    if (this.tabs.size > 0) {
      this.announce('who');
      await Promise.race([over, new Promise((resolve) => setTimeout(resolve, INTRODUCTION_TIME))]);
    }
    if (this.#release) {
      this.#beLeader();
      await over;
    }
  }

  #beLeader() {
    this.isLeading = true;
    this.#host.lead();
  }

  #stopLeading() {
    if (this.isLeading) {
      this.isLeading = false;
      this.#host.resign();
    }
    this.#release?.();
    this.#release = null;
  }

  #shouldLetGo() {
    return document.visibilityState === 'hidden' && [...this.tabs.values()].some(({ visible }) => visible);
  }

  #letGoIfHidden() {
    if (this.isLeading && this.#shouldLetGo()) {
      this.#stopLeading();
    }
  }

  #visibilityChanged() {
    if (document.visibilityState === 'visible') {
      this.#shownAt = Date.now();
    } else {
      setTimeout(() => this.#letGoIfHidden(), HIDDEN_WAIT);
    }
    this.announce();
    this.#host.tabsChanged(tabId);
  }

  async #forgetClosedTabs() {
    const { held } = await navigator.locks.query();
    const locks = held.map(({ name }) => name).filter((name) => name.startsWith(TAB_LOCK));
    const open = new Set(locks.map((name) => name.slice(TAB_LOCK.length)));
    for (const id of this.tabs.keys()) {
      if (!open.has(id)) {
        this.tabs.delete(id);
      }
    }
  }

  async #tick() {
    if (this.isLeading) {
      const before = this.tabs.size;
      await this.#forgetClosedTabs();
      if (this.tabs.size !== before) {
        this.#host.tabsChanged(null);
      }
      this.#leaderHeardAt = Date.now();
    } else if (document.visibilityState === 'visible' && Date.now() - this.#leaderHeardAt > LEADER_SILENCE) {
      this.#leaderHeardAt = Date.now();
      navigator.locks.request(LEADER_LOCK, { steal: true }, () => this.#lead()).catch(() => this.#stopLeading());
    }
  }
}
