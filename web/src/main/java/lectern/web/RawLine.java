package lectern.web;

import org.jspecify.annotations.Nullable;

/**
 * One line of a body, before it is parsed.
 *
 * @param number the 1-based line number
 * @param text the line without its line end; only a beginning if there is a fault, which
 * may contain any character
 * @param fault the reason why the line cannot be parsed; null if it can
 */
public record RawLine(int number, String text, @Nullable String fault) {

	static final String TOO_LONG = "The line is longer than 1 MiB.";

	/** Whether the fault is the length of the line. */
	public boolean isTooLong() {
		return TOO_LONG.equals(this.fault);
	}

}
