package lectern.progress.command;

import org.springframework.http.HttpStatus;

import lectern.progress.document.ReadingId;
import lectern.progress.model.Rejection;
import lectern.web.Problem;
import lectern.web.ProblemType;

/** Says which problem a rejected command is answered with. */
final class Rejections {

	private static final ProblemType UNKNOWN_BOOK = new ProblemType("unknown-book", HttpStatus.CONFLICT,
			"There is no such book in the catalog");

	private static final ProblemType ID_TAKEN = new ProblemType("reading-id-taken", HttpStatus.CONFLICT,
			"Another reading has this id");

	private Rejections() {
	}

	static Problem problem(Rejection rejection) {
		return switch (rejection) {
			case UNKNOWN_BOOK ->
				Problem.of(UNKNOWN_BOOK, "No book of this id is known; if it is new in the catalog, try again soon.");
			case ID_TAKEN -> Problem.of(ID_TAKEN, "A different reading was started under this id; make a new one.");
			case NO_SUCH_READING -> ReadingId.unknown();
		};
	}

}
