package lectern.progress.forecast;

import java.time.Instant;

/**
 * The position of a reader at an instant.
 *
 * @param at the instant
 * @param fraction the position as a fraction of the book, 0 to 1
 */
public record ProgressSample(Instant at, double fraction) {

}
