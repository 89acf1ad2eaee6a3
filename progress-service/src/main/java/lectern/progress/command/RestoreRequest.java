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
 * What is sent to restore a position. The constraints hold for what has passed
 * validation.
 *
 * @param to when the reading was where it should be again: a cursor or an instant
 */
record RestoreRequest(
		@NotNull(message = "is missing") @PlainText(max = 100) String to) implements ReadingCommandRequest {

	/**
	 * The moment to go back to.
	 * @param latest the log's last cursor
	 * @throws Problem 422 if it is none of the log's past
	 */
	PointInTime pointInTime(Cursor latest, Instant now) {
		return PointInTime.parse(this.to)
			.filter((moment) -> moment.hasPassed(latest, now))
			.orElseThrow(() -> Problem.invalidMember("/to", "must be a cursor of this log or an instant in the past"));
	}

	@Override
	public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
		return new RestorePosition(reader, this.to, past.at(this), receivedAt);
	}

}
