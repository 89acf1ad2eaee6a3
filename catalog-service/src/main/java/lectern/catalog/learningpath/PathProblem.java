package lectern.catalog.learningpath;

import java.util.List;

import lectern.web.Problem;
import lectern.web.ProblemType;

import org.springframework.http.HttpStatus;

/** What a path can ask for that nobody could ever do. */
final class PathProblem {

	private static final ProblemType UNKNOWN_BOOK = new ProblemType("unknown-book", HttpStatus.CONFLICT,
			"There is no such book in the catalog");

	private static final ProblemType UNKNOWN_GATE = new ProblemType("unknown-gate", HttpStatus.CONFLICT,
			"A gate needs one that the path does not have");

	private static final ProblemType PATH_CYCLE = new ProblemType("path-cycle", HttpStatus.CONFLICT,
			"The gates of the path wait for each other");

	private static final ProblemType UNPASSABLE_GATE = new ProblemType("unpassable-gate", HttpStatus.CONFLICT,
			"A gate asks for more than its steps can give");

	private PathProblem() {
	}

	static Problem unknownBooks(List<String> ids) {
		return Problem.of(UNKNOWN_BOOK, "The catalog has no book " + String.join(", ", ids) + ".");
	}

	static Problem unknownGate(Gate gate, String needed) {
		return Problem.of(UNKNOWN_GATE, "The gate " + gate.id() + " needs " + needed + ", which the path lacks.");
	}

	/** The gates of a circle, the first of them again at its end. */
	static Problem cycle(List<String> circle) {
		return Problem.of(PATH_CYCLE, "The gates wait for each other: " + String.join(" needs ", circle) + ".");
	}

	static Problem unpassable(Gate gate) {
		return Problem.of(UNPASSABLE_GATE,
				"The gate " + gate.id() + " has " + gate.steps().size() + " steps, and its rule wants more.");
	}

}
