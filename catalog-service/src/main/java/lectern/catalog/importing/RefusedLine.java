package lectern.catalog.importing;

import java.util.List;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * A line that was not imported.
 *
 * @param line the 1-based line number
 * @param reason a sentence that explains the refusal
 * @param pointer a JSON pointer to the invalid member; absent if the line is not JSON or
 * the reason concerns the whole document
 * @param text the beginning of the line, at most 200 characters, printable
 */
record RefusedLine(int line, String reason, @Nullable String pointer, String text) implements ImportLine {

	static final int MAX_TEXT_LENGTH = 200;

	RefusedLine(int line, String reason, String text) {
		this(line, reason, null, text);
	}

	@Override
	public int size() {
		return this.text.length();
	}

	/** Create a refusal from the first violation of a problem. */
	static RefusedLine of(Problem problem, int line, String text) {
		List<Problem.Violation> violations = problem.violations();
		if (violations.isEmpty()) {
			return new RefusedLine(line, problem.detail(), null, text);
		}
		Problem.Violation first = violations.getFirst();
		if (problem.type() != ProblemType.INVALID) {
			return new RefusedLine(line, problem.detail(), first.pointer(), text);
		}
		String others = (violations.size() == 1) ? "" : " Other members are not valid either.";
		return new RefusedLine(line, "The member " + first.pointer() + " " + first.detail() + "." + others,
				first.pointer(), text);
	}

}
