// Commands as requests of their own.

import { ProblemError, request } from './api.js';

const commandRequests = {
  start: ({ reading, members }) => ['/readings', { ...members, id: reading }],
  report: ({ reading, members }) => [`/readings/${reading}/positions`, members],
  finish: ({ reading, members }) => [`/readings/${reading}/finish`, members],
  reopen: ({ reading, members }) => [`/readings/${reading}/reopen`, members],
  abandon: ({ reading, members }) => [`/readings/${reading}/abandon`, members],
  resume: ({ reading, members }) => [`/readings/${reading}/resume`, members],
  restore: ({ reading, members }) => [`/readings/${reading}/restore`, members],
  undo: ({ members }) => ['/undo', members],
};

/**
 * Returns a function that sends a command to its own address and returns `{reading, moved, reason, undo, cursor}`,
 * or null for a command that only a list can repeat safely. A repeated command is answered as the first time.
 */
export function singleRequestOf(record) {
  if (record.type === 'remove') {
    return () => removeReading(record);
  }
  const change = commandRequests[record.type];
  if (!change) {
    return null;
  }
  const [path, { ifMatch, ...members }] = change(record);
  return async () => {
    const content = { ...members, occurredAt: record.occurredAt, sentAt: new Date().toISOString() };
    const answer = await request('POST', `/readers/${record.reader}${path}`, { content, ifMatch, key: record.key });
    return commandAnswer(answer);
  };
}

/** A removal has no key and needs none: what is removed cannot be removed again. */
async function removeReading({ reader, reading, members }) {
  try {
    const path = `/readers/${reader}/readings/${reading}`;
    return commandAnswer(await request('DELETE', path, { ifMatch: members.ifMatch ?? '*' }));
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status === 404) {
      return {};
    }
    throw failure;
  }
}

/** Some answers are the reading, others have it as a member. */
function commandAnswer({ body, cursor }) {
  return body.book ? { reading: body, cursor } : { ...body, cursor };
}
