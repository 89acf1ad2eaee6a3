package lectern.progress.command;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.SetPlan;

/**
 * What is sent to plan a reading. The constraints hold for what has passed validation.
 *
 * @param finishBy by when it is to be finished
 */
record PlanRequest(@NotNull(message = "is missing") @ValidInstant String finishBy) implements ReadingCommandRequest {

	Instant instant() {
		return ValidInstant.ValidInstantValidator.parse(this.finishBy);
	}

	@Override
	public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
		return new SetPlan(reader, instant(), receivedAt);
	}

}
