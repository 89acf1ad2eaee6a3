package lectern.progress.command;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.streaming.log.Cursor;
import lectern.web.PlainText;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The request body of a restore. The non-null types hold after validation.
 *
 * @param to the time whose position is restored: a cursor or an instant
 * @param axis {@code received} for the position that was known then, the default, or
 * {@code occurred} for where the reader was then, even if it was reported later
 */
record RestoreRequest(@NotNull(message = "is missing") @PlainText(max = 100) String to,
		@Pattern(regexp = "received|" + OCCURRED, message = "must be received or occurred") @Nullable String axis,
		@ValidInstant @Nullable String occurredAt,
		@ValidInstant @Nullable String sentAt) implements ReadingCommandRequest {

	private static final String OCCURRED = "occurred";

	/** Whether the position is that of the time at which events occurred. */
	boolean byOccurrence() {
		return OCCURRED.equals(this.axis);
	}

	/**
	 * The point in time to restore.
	 * @param latest the last cursor of the log
	 * @throws Problem with status 422 if it is not in the past of the log
	 */
	PointInTime pointInTime(Cursor latest, Instant now) {
		return PointInTime.parse(this.to)
			.filter((time) -> time.hasPassed(latest, now))
			.orElseThrow(() -> Problem.invalidMember("/to", "must be a cursor of this log or an instant in the past"));
	}

	@Override
	public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
		return new RestorePosition(reader, this.to, past.at(this), clock(), receivedAt);
	}

}
