package lectern.progress.command;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;

/**
 * What is sent to plan a reading. The constraints hold for what has passed validation.
 *
 * @param finishBy by when it is to be finished
 */
record PlanContent(@NotNull(message = "is missing") @Timestamp String finishBy) {

	Instant instant() {
		return Timestamp.Check.parse(this.finishBy);
	}

}
