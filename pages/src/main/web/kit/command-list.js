// Commands as a list, in one request.

import { ProblemError, urlOf } from './api.js';
import { sessionEnded } from './session.js';

/**
 * A list is given up after so long without an answer, in milliseconds: the service answers after each commit. What
 * is not answered is sent again.
 */
const LIST_TIMEOUT = 10_000;

/**
 * Sends commands in their order. Yields the lines of the answer as they come: `{through, cursor}`, `{line, key,
 * problem}` or `{problem}`. Fails with a ProblemError if the list is refused or the answer breaks off.
 */
export async function* sendCommandList(reader, records) {
  const sentAt = new Date().toISOString();
  const lines = records.map((record) => `${JSON.stringify({ ...commandLineOf(record), sentAt })}\n`);
  const waiting = new AbortController();
  const inTime = (answer) => withTimeout(answer, LIST_TIMEOUT, () => waiting.abort());
  const response = await inTime(postCommandList(reader, lines.join(''), waiting.signal));
  const decoder = new TextDecoder();
  const body = response.body.getReader();
  let text = '';
  for (;;) {
    const { value, done } = await inTime(body.read()).catch(noAnswer);
    if (done) {
      return;
    }
    const answers = (text + decoder.decode(value, { stream: true })).split('\n');
    text = answers.pop();
    yield* answers.filter(Boolean).map((line) => JSON.parse(line));
  }
}

async function withTimeout(promise, milliseconds, late) {
  const timer = setTimeout(late, milliseconds);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

function commandLineOf({ key, type, reading, members, occurredAt }) {
  const named = type === 'undo' ? {} : { [type === 'start' ? 'id' : 'reading']: reading };
  return { key, type, ...named, ...members, occurredAt };
}

async function postCommandList(reader, body, signal) {
  const response = await fetch(urlOf(`/readers/${reader}/commands`), {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', Accept: 'application/x-ndjson, application/problem+json' },
    body,
    signal,
  }).catch(noAnswer);
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    if (response.status === 401) {
      sessionEnded();
    }
    throw new ProblemError(response.status, problem, Number(response.headers.get('Retry-After')) || null);
  }
  return response;
}

function noAnswer(failure) {
  throw new ProblemError(0, { detail: failure.message });
}
