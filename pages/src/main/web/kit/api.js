// Calls of the API of this origin. The cookie of the session says who the reader is.

const BASE = '/api/v1';

/** The longest wait for an answer, in milliseconds. */
const TIMEOUT = 15_000;

/** A call that was answered with a problem document. Status 0 means that no answer came. */
export class ProblemError extends Error {
  constructor(status, problem = {}, retryAfter = null) {
    super(sentence(problem) ?? `HTTP ${status}`);
    this.name = 'ProblemError';
    this.status = status;
    this.problem = problem;
    /** Seconds to wait before the next try, or null. */
    this.retryAfter = retryAfter;
  }

  /** The name of the problem, for example `stale-version`. */
  get type() {
    return this.problem.type?.split('/').pop() ?? '';
  }

  /** The faults of the request by the JSON pointer or the parameter that has them. */
  get faults() {
    return new Map((this.problem.errors ?? []).map((fault) => [fault.pointer ?? fault.parameter, fault.detail]));
  }

  /** True if the same request may succeed later: no answer, or a server that is away or busy. */
  get isTemporary() {
    return this.status === 0 || [408, 429, 502, 503, 504].includes(this.status);
  }
}

function sentence(problem) {
  const fault = problem.errors?.[0];
  const text = problem.detail ?? problem.title;
  return fault && text ? `${text} (${fault.pointer ?? fault.parameter}: ${fault.detail})` : text;
}

/**
 * Sends a request and returns `{status, body, cursor, etag, location, replayed}`. Throws a ProblemError for
 * every answer that is not 2xx, and an AbortError if the signal of the caller aborts. `content` is sent as JSON, or
 * `body` as it is, with its `Content-Type` among the headers. `timeout` is the longest wait in milliseconds.
 */
export async function request(method, path, options = {}) {
  const { parameters, content, body: raw, ifMatch, key, headers, signal, timeout = TIMEOUT } = options;
  const limit = AbortSignal.timeout(timeout);
  const response = await send(method, urlOf(path, parameters), {
    method,
    headers: {
      Accept: 'application/json',
      ...(content !== undefined && { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
      ...(ifMatch && { 'If-Match': ifMatch }),
      ...(key && { 'Idempotency-Key': key }),
      ...headers,
    },
    body: content === undefined ? raw : JSON.stringify(content),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  }, signal);
  const text = await response.text().catch((failure) => {
    throw signal?.aborted ? failure : new ProblemError(0, { detail: failure.message });
  });
  const body = text && /[/+]json/.test(response.headers.get('Content-Type') ?? '') ? JSON.parse(text) : {};
  if (!response.ok) {
    if (response.status === 401 && body.type?.endsWith('/unauthenticated')) {
      dispatchEvent(new Event('lectern-unauthenticated'));
    }
    throw new ProblemError(response.status, body, Number(response.headers.get('Retry-After')) || null);
  }
  return {
    status: response.status,
    body,
    cursor: response.headers.get('Cursor'),
    etag: response.headers.get('ETag'),
    location: response.headers.get('Location'),
    replayed: response.headers.get('Idempotency-Replayed') === 'true',
  };
}

async function send(method, url, options, signal) {
  try {
    return await fetch(url, options);
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new ProblemError(0, { detail: failure.message });
  }
}

/** Reads a resource. Parameters that are undefined, null or empty are left out. */
export const read = (path, parameters, options) => request('GET', path, { parameters, ...options });

/** Returns the address of a resource of the API, with its parameters. */
export function urlOf(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    [value].flat().filter((one) => one !== undefined && one !== null && one !== '').forEach((one) => query.append(name, one));
  }
  return BASE + path + (query.size ? `?${query}` : '');
}

/**
 * Reads all pages of a list. The cursor is the one of the first page: a stream that starts there misses
 * nothing, because later pages can only be newer.
 */
export async function readAll(path, parameters, options) {
  const items = [];
  let cursor;
  let page;
  do {
    const answer = await read(path, { limit: 200, ...parameters, page }, options);
    cursor ??= answer.cursor;
    items.push(...answer.body.items);
    page = answer.body.next;
  } while (page);
  return { items, cursor };
}
