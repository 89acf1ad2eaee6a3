// Shared by all parts of the page: elements, calls of the API, live streams.

/** Creates an element. Text is never set as HTML, so the text of a book is never executed. */
export function element(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

/** A failed call, with the message of its problem document. */
export class ProblemError extends Error {
  constructor(status, problem) {
    const first = problem.errors?.[0];
    super(first ? `${problem.detail ?? problem.title} (${first.pointer ?? first.parameter} ${first.detail})`
      : problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
  }
}

/** Calls the API. Returns the body and the cursor, or throws a ProblemError. */
export async function call(method, path, content) {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: content ? { 'Content-Type': 'application/json' } : {},
    body: content && JSON.stringify(content),
    signal: AbortSignal.timeout(15_000),
  });
  const text = await response.text();
  const body = isJson(response) && text ? JSON.parse(text) : {};
  if (!response.ok) {
    throw new ProblemError(response.status, body);
  }
  return { body, cursor: response.headers.get('Cursor') };
}

function isJson(response) {
  return /[/+]json/.test(response.headers.get('Content-Type') ?? '');
}

/**
 * Follows a stream from a cursor. The browser reconnects and resumes without help. After a
 * reset, or if the browser gives up, `reset` is called to load the current state again.
 */
export function follow(path, cursor, { event, reset, state }) {
  const source = new EventSource(`/api/v1${path}?after=${encodeURIComponent(cursor)}`);
  source.onopen = () => state?.('live');
  source.onmessage = (message) => event(JSON.parse(message.data));
  source.addEventListener('reset', () => {
    source.close();
    reset();
  });
  source.onerror = () => {
    state?.('reconnecting …');
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(reset, 2_000 + Math.random() * 3_000);
    }
  };
  return source;
}
