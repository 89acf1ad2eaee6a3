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
record Refusal(int line, String reason, @Nullable String pointer, String text) implements CountedLine {

	/** The longest text. */
	static final int SHOWN = 200;

	Refusal(int line, String reason, String text) {
		this(line, reason, null, text);
	}

	@Override
	public int size() {
		return this.text.length();
	}

	/** A line refused for the first of the reasons that a document would be. */
	static Refusal of(Problem problem, int line, String text) {
		List<Problem.Violation> violations = problem.violations();
		if (violations.isEmpty()) {
			return new Refusal(line, problem.detail(), null, text);
		}
		Problem.Violation first = violations.getFirst();
		String others = (violations.size() == 1) ? "" : " Other members are wrong, too.";
		return new Refusal(line, "The member " + first.pointer() + " " + first.detail() + "." + others, first.pointer(),
				text);
	}

}
