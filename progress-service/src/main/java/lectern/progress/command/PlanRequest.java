package lectern.progress.command;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.SetPlan;
import org.jspecify.annotations.Nullable;

/**
 * The request body of a plan. The non-null types hold after validation.
 *
 * @param finishBy the latest time to finish the reading
 */
record PlanRequest(@NotNull(message = "is missing") @ValidInstant String finishBy,
		@ValidInstant @Nullable String occurredAt,
		@ValidInstant @Nullable String sentAt) implements ReadingCommandRequest {

	private Instant instant() {
		return ValidInstant.ValidInstantValidator.parse(this.finishBy);
	}

	SetPlan toCommand(String reader, Instant receivedAt) {
		return new SetPlan(reader, instant(), clock(), receivedAt);
	}

	@Override
	public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
		return toCommand(reader, receivedAt);
	}

}
