package lectern.progress.command;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;

import lectern.progress.model.ReadingCommand.SetPlan;
import lectern.progress.model.ReadingCommand;

/**
 * What is sent to plan a reading. The constraints hold for what has passed validation.
 *
 * @param finishBy by when it is to be finished
 */
record PlanContent(@NotNull(message = "is missing") @Timestamp String finishBy) implements CommandContent {

	Instant instant() {
		return Timestamp.Check.parse(this.finishBy);
	}

	@Override
	public ReadingCommand by(String reader, Instant receivedAt, Past past) {
		return new SetPlan(reader, instant(), receivedAt);
	}

}
