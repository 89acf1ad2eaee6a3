package lectern.progress.command;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.SetPlan;

/**
 * The request body of a plan. The non-null types hold after validation.
 *
 * @param finishBy the latest time to finish the reading
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
