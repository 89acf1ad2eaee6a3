package lectern.catalog.importing;

import java.util.List;

import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A line that did not become a book or a path.
 *
 * @param line its 1-based number
 * @param reason what is wrong, for a person
 * @param pointer to the member that is wrong, as a JSON pointer into the line; absent
 * where the line is no document or all of it is wrong
 * @param text the line as it was, at most 200 characters, made printable
 */
record RefusedLine(int line, String reason, @Nullable String pointer, String text) implements ImportLine {

	/** The longest text. */
	static final int MAX_TEXT_LENGTH = 200;

	RefusedLine(int line, String reason, String text) {
		this(line, reason, null, text);
	}

	@Override
	public int size() {
		return this.text.length();
	}

	/** A line refused for the first of the reasons that a document would be. */
	static RefusedLine of(Problem problem, int line, String text) {
		List<Problem.Violation> violations = problem.violations();
		if (violations.isEmpty()) {
			return new RefusedLine(line, problem.detail(), null, text);
		}
		Problem.Violation first = violations.getFirst();
		String others = (violations.size() == 1) ? "" : " Other members are not valid either.";
		return new RefusedLine(line, "The member " + first.pointer() + " " + first.detail() + "." + others,
				first.pointer(), text);
	}

}
