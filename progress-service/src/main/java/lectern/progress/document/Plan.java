package lectern.progress.document;

import java.time.Instant;

/**
 * What a reader has planned.
 *
 * @param finishBy by when the reading is to be finished
 */
public record Plan(Instant finishBy) {

}
