// The addresses of the pages: which page is at an address, and how the browser goes from one to another.

import { nothing } from 'lit';
import { Store } from './store.js';

/** Addresses that the server answers, not a page. */
const SERVED_ADDRESSES = /^\/(api|docs|problems|assets|lib|webjars|\.well-known)(\/|$)/;

/** How long a page that comes back may take to be as long as it was, in milliseconds. */
const RESTORE_LIMIT = 4_000;

/** The longest wait for the heading of a page, in milliseconds. */
const HEADING_LIMIT = 5_000;

/**
 * Where the browser is: `{entry, path, parameters, query, key, kind, focused}`. `entry` is that of the route table, or
 * null if no page is at the address. `kind` says how it came here: `start`, `link`, `query` or `back`; `focused` is the
 * element that had the focus then.
 */
export const presentRoute = new Store(null);

let routeEntries = [];
let permitsEntry = () => true;
const keptScrolls = new Map(JSON.parse(sessionStorage.getItem('scrolls') ?? '[]'));

/**
 * Shows the page at the present address, and follows links from now on.
 *
 * @param table the entries of all pages: `{path, load, element, title}`, and what else `permits` looks at
 * @param permits a function that says whether an entry is for this reader; the first entry for which it is true counts
 */
export function startRouter(table, permits) {
  routeEntries = table.map((entry) => ({ ...entry, pattern: routePattern(entry.path) }));
  permitsEntry = permits;
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => goBack());
  addEventListener('pagehide', () => {
    keepScroll();
    sessionStorage.setItem('scrolls', JSON.stringify([...keptScrolls].slice(-100)));
  });
  document.addEventListener('click', followLink);
  // A reload comes back to where it was, as Back does.
  const known = history.state?.key;
  if (!known) {
    history.replaceState({ key: newKey() }, '');
  }
  showPresent(known ? 'back' : 'start');
}

/** Goes to an address of this site. `replace` leaves no entry for Back. */
export function navigate(address, { replace = false } = {}) {
  const url = new URL(address, location);
  if (url.origin !== location.origin || SERVED_ADDRESSES.test(url.pathname)) {
    location.assign(url);
    return;
  }
  const samePage = isPresentPage(url.pathname);
  keepScroll();
  writeHistory(url, replace || url.href === location.href);
  showPresent(samePage ? 'query' : 'link');
}

/**
 * Changes parameters of the query of the present address: a value, a list of values, or null to remove one. The page
 * stays and gets the new route.
 */
export function setQuery(changes, { replace = false } = {}) {
  navigate(addressWith(changes), { replace });
}

/** Returns an address with other parameters in its query than the present one; by default the path stays. */
export function addressWith(changes, path = location.pathname) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    [value].flat().filter((one) => one !== null && one !== undefined && one !== '')
      .forEach((one) => query.append(name, one));
  }
  return path + (query.size ? `?${query}` : '');
}

/** Returns the address for the `href` of a link, or lit's `nothing` if this reader finds no page there. */
export const link = (address) => isRoute(address) ? address : nothing;

/** Whether there is a page at an address for this reader. */
export const isRoute = (address) => entryAt(new URL(address, location).pathname).entry !== null;

/** Looks up the present address again; for when the reader has signed in or out. */
export function refreshRoute() {
  if (presentRoute.value && entryAt(location.pathname).entry !== presentRoute.value.entry) {
    showPresent('link');
  }
}

/**
 * Finishes the way to a page that is shown now: moves the scroll to where it was, and the focus to its heading, unless
 * the reader has moved it meanwhile. The first page of a visit keeps the focus that the browser gave.
 */
export async function arriveAt(element, { kind, key, focused }) {
  if (kind === 'query') {
    return;
  }
  if (kind === 'link') {
    scrollTo({ top: 0, behavior: 'instant' });
  } else {
    restoreScroll(keptScrolls.get(key) ?? 0);
  }
  if (kind !== 'start') {
    const heading = await appearingElement(element, 'h1');
    if (heading && [null, document.body, focused].includes(document.activeElement)) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  }
}

function goBack() {
  const from = presentRoute.value;
  if (from) {
    keptScrolls.set(from.key, scrollY);
  }
  showPresent('back', isPresentPage(location.pathname));
}

/** Whether the page that is shown is also the one at another path. */
function isPresentPage(path) {
  const { entry, parameters } = entryAt(path);
  const present = presentRoute.value;
  return entry !== null && entry.element === present?.entry?.element
    && JSON.stringify(parameters) === JSON.stringify(present.parameters);
}

function showPresent(kind, samePage = false) {
  const { entry, parameters } = entryAt(location.pathname);
  presentRoute.set({
    entry,
    path: location.pathname,
    parameters,
    query: new URLSearchParams(location.search),
    key: history.state?.key,
    kind: samePage ? 'query' : kind,
    focused: document.activeElement,
  });
  if (samePage) {
    restoreScroll(keptScrolls.get(history.state?.key) ?? 0);
  }
}

function entryAt(path) {
  for (const entry of routeEntries) {
    const found = entry.pattern.exec(path);
    if (found && permitsEntry(entry)) {
      const values = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodedValue(value)]);
      return { entry, parameters: Object.fromEntries(values) };
    }
  }
  return { entry: null, parameters: {} };
}

const routePattern = (path) => new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

function decodedValue(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function writeHistory(url, replace) {
  if (replace) {
    history.replaceState(history.state ?? { key: newKey() }, '', url);
  } else {
    history.pushState({ key: newKey() }, '', url);
  }
}

const newKey = () => Math.random().toString(36).slice(2);

function keepScroll() {
  if (history.state?.key) {
    keptScrolls.set(history.state.key, scrollY);
  }
}

function followLink(event) {
  const anchor = event.target.closest?.('a[href]');
  if (!anchor || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey
      || event.altKey || anchor.target || anchor.hasAttribute('download')) {
    return;
  }
  const url = new URL(anchor.href);
  const withinPage = url.hash && url.pathname === location.pathname && url.search === location.search;
  if (url.origin === location.origin && !SERVED_ADDRESSES.test(url.pathname) && !withinPage) {
    event.preventDefault();
    navigate(url);
  }
}

/** Scrolls when the page has become long enough, unless the reader keptScrolls first. */
function restoreScroll(top) {
  const observer = new ResizeObserver(attempt);
  const end = new AbortController();
  const stop = () => {
    observer.disconnect();
    end.abort();
  };
  function attempt() {
    if (document.documentElement.scrollHeight - innerHeight >= top) {
      stop();
      scrollTo({ top, behavior: 'instant' });
    }
  }
  ['wheel', 'touchmove', 'keydown']
    .forEach((type) => addEventListener(type, stop, { signal: end.signal, passive: true }));
  observer.observe(document.body);
  setTimeout(stop, RESTORE_LIMIT);
}

/** Waits for an element that a page renders only when it has its data. */
function appearingElement(page, selector) {
  return new Promise((resolve) => {
    const present = page.querySelector(selector);
    if (present) {
      resolve(present);
      return;
    }
    const observer = new MutationObserver(() => found(page.querySelector(selector)));
    const timer = setTimeout(() => finish(null), HEADING_LIMIT);
    const found = (element) => element && finish(element);
    function finish(element) {
      observer.disconnect();
      clearTimeout(timer);
      resolve(element);
    }
    observer.observe(page, { childList: true, subtree: true });
  });
}
