package lectern.progress.representation;

import java.time.Instant;

/**
 * What a reader has planned.
 *
 * @param finishBy by when the reading is to be finished
 */
public record PlanView(Instant finishBy) {

}
