// What the events of a stream change in a reading and in its history. No DOM.

/** A reading after a merge patch (RFC 7396) of one level, as the events bring it. */
export function patched(reading, changes) {
  const copy = { ...reading };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) {
      delete copy[name];
    } else {
      copy[name] = value;
    }
  }
  return copy;
}

/**
 * The entry of the history that an event makes, from the entry before it. Null if that is not known, or if the event
 * does not tell all: what a report said that moved nothing.
 */
export function entryOf(event, before) {
  if (before?.version !== event.version - 1 || (event.type === 'position-reported' && !event.data.position)) {
    return null;
  }
  const { cursor, type, version, occurredAt, receivedAt, data } = event;
  return {
    cursor, type, version, occurredAt, receivedAt,
    status: data.status ?? before.status,
    moved: type === 'position-reported' ? true : undefined,
    position: data.position ?? before.position,
    furthest: data.furthest ?? before.furthest,
  };
}
