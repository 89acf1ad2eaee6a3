package lectern.progress.forecast;

import java.time.Instant;

/**
 * Where a reader was.
 *
 * @param at when
 * @param fraction of the book, 0 to 1
 */
public record ProgressSample(Instant at, double fraction) {

}
