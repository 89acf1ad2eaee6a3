package lectern.progress.command;

import java.util.Optional;

import jakarta.validation.constraints.NotNull;
import lectern.streaming.log.Cursor;
import lectern.web.PlainText;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The request body of an undo. The non-null types hold after validation.
 *
 * @param undo the member {@code undo} of the response to the command that is undone
 */
record UndoRequest(@NotNull(message = "is missing") @PlainText(max = 100) String undo,
		@ValidInstant @Nullable String occurredAt, @ValidInstant @Nullable String sentAt) implements TimedRequest {

	/**
	 * The cursor before the event that is undone.
	 * @param latest the last cursor of the log
	 * @return empty if the text is no such cursor
	 */
	Optional<Cursor> before(Cursor latest) {
		return Cursor.parse(this.undo)
			.filter((cursor) -> cursor.epoch().equals(latest.epoch()) && cursor.position() < latest.position());
	}

	/** The problem of a text that no response has given to this reader. */
	static Problem notGiven() {
		return Problem.invalidMember("/undo", "must be the undo of a response to a restore or a removal");
	}

}
