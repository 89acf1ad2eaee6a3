package lectern.streaming.log;

import java.time.Instant;

/**
 * A committed event and its place in the log.
 *
 * @param position 1 for the log's first event, without holes
 * @param receivedAt when it was appended; never decreases along the log
 */
public record EventEnvelope<E>(long position, Instant receivedAt, E event) {

}
