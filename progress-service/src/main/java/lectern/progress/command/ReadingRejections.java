package lectern.progress.command;

import lectern.progress.eventlog.StreamClaimedException;
import lectern.progress.model.Rejection;
import lectern.progress.representation.ReadingId;
import lectern.web.Problem;
import lectern.web.ProblemType;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Maps the rejection of a command on a reading to a problem. */
final class ReadingRejections {

	private static final ProblemType UNKNOWN_BOOK = new ProblemType("unknown-book", HttpStatus.CONFLICT,
			"The book is not in the catalog");

	private static final ProblemType ID_TAKEN = new ProblemType("reading-id-taken", HttpStatus.CONFLICT,
			"Another reading has this id");

	private static final ProblemType FINISHED = new ProblemType("reading-finished", HttpStatus.CONFLICT,
			"The reading is finished");

	private static final ProblemType ABANDONED = new ProblemType("reading-abandoned", HttpStatus.CONFLICT,
			"The reading is abandoned");

	private static final ProblemType NO_POSITION = new ProblemType("no-position-then", HttpStatus.CONFLICT,
			"The reading had no position at that time");

	private static final ProblemType PAST_PLAN = new ProblemType("plan-in-the-past", HttpStatus.CONFLICT,
			"The planned finish is not in the future");

	private static final ProblemType OTHER_OPEN = new ProblemType("other-reading-open", HttpStatus.CONFLICT,
			"Another reading of the book is open");

	private static final ProblemType UNDO_IMPOSSIBLE = new ProblemType("undo-impossible", HttpStatus.CONFLICT,
			"The command can no longer be undone");

	private ReadingRejections() {
	}

	static Problem toProblem(Rejection rejection) {
		return switch (rejection) {
			case UNKNOWN_BOOK -> Problem
				.of(UNKNOWN_BOOK, "There is no book with this id. If it is new in the catalog, try again in a moment.")
				.at("/book", "must be the id of a book in the catalog");
			case ID_TAKEN -> Problem.of(ID_TAKEN, "Another reading already has this id; send a new UUID.")
				.at("/id", "is the id of another reading");
			case NO_SUCH_READING -> ReadingId.notFound();
			case READING_REMOVED -> ReadingId.removed();
			case READING_FINISHED ->
				Problem.of(FINISHED, "The reading is finished. Reopen it first, or start another reading of the book.");
			case READING_ABANDONED -> Problem.of(ABANDONED, "The reading is abandoned. Resume it first.");
			case NO_POSITION_THEN ->
				Problem.of(NO_POSITION, "The reading had no position at that time; choose a later time.")
					.at("/to", "must be a time at which the reading had a position");
			case PLAN_IN_THE_PAST ->
				Problem.of(PAST_PLAN, "finishBy must be in the future.").at("/finishBy", "must be in the future");
			case REMOVAL_UNDONE ->
				Problem.of(UNDO_IMPOSSIBLE, "The removal was undone before, or the reading was removed again since.")
					.at("/undo", "is the undo of a removal that is not in effect");
			case RESTORE_SUPERSEDED -> Problem
				.of(UNDO_IMPOSSIBLE,
						"The position has changed since the restore. Restore the position of a time instead.")
				.at("/undo", "is the undo of a restore that is not in effect");
		};
	}

	/**
	 * The problem of a command that opens a reading while another one of its book is
	 * open.
	 */
	static Problem otherReadingOpen(StreamClaimedException claimed) {
		return withOpenReading(
				Problem.of(OTHER_OPEN,
						"Another reading of this book is open. Go on with that one, or send again: true to open both."),
				claimed);
	}

	/** The problem of an undo of a removal while another reading of the book is open. */
	static Problem cannotReturn(StreamClaimedException claimed) {
		return withOpenReading(Problem
			.of(UNDO_IMPOSSIBLE,
					"Another reading of this book was opened since. Finish, abandon or remove that one first.")
			.at("/undo", "is the undo of a removal whose book has another open reading"), claimed);
	}

	private static Problem withOpenReading(Problem problem, StreamClaimedException claimed) {
		return problem.withMember("reading", claimed.holder())
			.withHeader(HttpHeaders.LINK,
					"<%s>; rel=\"related\"".formatted(ReadingController.location(claimed.reader(), claimed.holder())));
	}

}
