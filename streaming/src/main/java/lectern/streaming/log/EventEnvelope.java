package lectern.streaming.log;

import java.time.Instant;

/**
 * A committed event with its position in the log.
 *
 * @param position 1 for the first event of the log; a position whose event was removed
 * stays empty
 * @param receivedAt when the event was appended; never decreases along the log
 */
public record EventEnvelope<E>(long position, Instant receivedAt, E event) {

}
