package lectern.catalog.learningpath;

import java.util.List;

import lectern.web.Problem;
import lectern.web.ProblemType;

import org.springframework.http.HttpStatus;

/** The problems of a learning path that no reader could complete. */
final class PathProblem {

	private static final ProblemType UNKNOWN_BOOK = new ProblemType("unknown-book", HttpStatus.CONFLICT,
			"The book is not in the catalog");

	private static final ProblemType UNKNOWN_GATE = new ProblemType("unknown-gate", HttpStatus.CONFLICT,
			"A gate needs a gate that is not in the path");

	private static final ProblemType PATH_CYCLE = new ProblemType("path-cycle", HttpStatus.CONFLICT,
			"The gates of the path form a cycle");

	private static final ProblemType UNPASSABLE_GATE = new ProblemType("unpassable-gate", HttpStatus.CONFLICT,
			"The rule of a gate requires more steps than the gate has");

	private PathProblem() {
	}

	static Problem unknownBooks(List<String> ids) {
		return Problem.of(UNKNOWN_BOOK, "These books are not in the catalog: " + String.join(", ", ids) + ".")
			.at("/gates", "must have steps that are ids of books in the catalog");
	}

	/**
	 * @param index of the gate in the path
	 */
	static Problem unknownGate(Gate gate, int index, String needed) {
		return Problem
			.of(UNKNOWN_GATE, "The gate " + gate.id() + " needs the gate " + needed + ", which is not in the path.")
			.at("/gates/" + index + "/needs/" + gate.needs().indexOf(needed), "must be the id of a gate of this path");
	}

	/**
	 * Create the problem of a dependency cycle.
	 * @param gates the ids along the cycle, the first one repeated at the end
	 */
	static Problem cycle(List<String> gates) {
		return Problem.of(PATH_CYCLE, "The gates form a cycle: " + String.join(" needs ", gates) + ".")
			.at("/gates", "must not form a cycle");
	}

	/**
	 * @param index of the gate in the path
	 */
	static Problem unpassable(Gate gate, int index) {
		return Problem
			.of(UNPASSABLE_GATE,
					"The gate " + gate.id() + " has " + gate.steps().size() + " steps, but its rule requires more.")
			.at("/gates/" + index + "/rule/count", "must be at most " + gate.steps().size());
	}

}
