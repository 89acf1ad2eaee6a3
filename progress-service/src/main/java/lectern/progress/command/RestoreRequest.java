package lectern.progress.command;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.streaming.log.Cursor;
import lectern.web.PlainText;
import lectern.web.Problem;

/**
 * The request body of a restore. The non-null types hold after validation.
 *
 * @param to the time whose position is restored: a cursor or an instant
 */
record RestoreRequest(
		@NotNull(message = "is missing") @PlainText(max = 100) String to) implements ReadingCommandRequest {

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
		return new RestorePosition(reader, this.to, past.at(this), receivedAt);
	}

}
