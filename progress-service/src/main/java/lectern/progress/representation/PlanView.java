package lectern.progress.representation;

import java.time.Instant;

/**
 * The JSON form of a reader's plan.
 *
 * @param finishBy by when the reader plans to finish
 */
public record PlanView(Instant finishBy) {

}
