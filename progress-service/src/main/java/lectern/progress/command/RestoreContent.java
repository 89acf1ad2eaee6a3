package lectern.progress.command;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;

import lectern.progress.log.Moment;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingCommand;
import lectern.streaming.Cursor;
import lectern.web.Problem;
import lectern.web.Text;

/**
 * What is sent to restore a position. The constraints hold for what has passed
 * validation.
 *
 * @param to when the reading was where it should be again: a cursor or an instant
 */
record RestoreContent(@NotNull(message = "is missing") @Text(max = 100) String to) implements CommandContent {

	/**
	 * The moment to go back to.
	 * @param latest the log's last cursor
	 * @throws Problem 422 if it is none of the log's past
	 */
	Moment moment(Cursor latest, Instant now) {
		return Moment.parse(this.to)
			.filter((moment) -> moment.isIn(latest, now))
			.orElseThrow(() -> Problem.member("/to", "must be a cursor of this log, or an instant that has passed"));
	}

	@Override
	public ReadingCommand by(String reader, Instant receivedAt, Past past) {
		return new RestorePosition(reader, this.to, past.at(this), receivedAt);
	}

}
