package lectern.progress.command;

import lectern.progress.model.PathRejection;
import lectern.progress.pathprogress.PathStreamId;
import lectern.web.Problem;
import lectern.web.ProblemType;

import org.springframework.http.HttpStatus;

/** Maps the rejection of a command on a path to a problem. */
final class PathRejections {

	private static final ProblemType UNKNOWN_PATH = new ProblemType("unknown-path", HttpStatus.CONFLICT,
			"The path is not in the catalog");

	private PathRejections() {
	}

	static Problem toProblem(PathRejection rejection) {
		return switch (rejection) {
			case UNKNOWN_PATH -> Problem.of(UNKNOWN_PATH,
					"There is no path with this id. If it is new in the catalog, try again in a moment.");
			case NOT_JOINED -> PathStreamId.notFound();
			case NO_SUCH_GATE -> Problem.of(ProblemType.NOT_FOUND, "This path has no gate with this id.");
		};
	}

}
