package lectern.acceptance;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The output that a document shows for a command. In a line {@code …} stands for any
 * text; a line that is only {@code …} stands for any number of lines.
 */
record ExpectedOutput(String text, Pattern pattern) {

	private static final String ELLIPSIS = "…";

	/** The output without blank lines at its end. */
	static ExpectedOutput of(List<String> lines) {
		String text = String.join("\n", lines).stripTrailing();
		String pattern = text.isEmpty() ? ""
				: text.lines().map(ExpectedOutput::linePattern).collect(Collectors.joining());
		return new ExpectedOutput(text, Pattern.compile(pattern));
	}

	private static String linePattern(String line) {
		if (line.strip().equals(ELLIPSIS)) {
			return "(?:.*\\n)*?";
		}
		return Arrays.stream(line.split(ELLIPSIS, -1)).map(Pattern::quote).collect(Collectors.joining(".*")) + "\\n";
	}

	/** Whether a command printed exactly this. */
	boolean matches(String output) {
		return this.pattern.matcher(terminate(output)).matches();
	}

	/**
	 * Look for this at a position of a stream's output.
	 * @return the position after it; -1 if it is not there
	 */
	int findEnd(String output, int from) {
		Matcher matcher = this.pattern.matcher(output).region(from, output.length());
		return matcher.lookingAt() ? matcher.end() : -1;
	}

	private static String terminate(String output) {
		return (output.isEmpty() || output.endsWith("\n")) ? output : output + "\n";
	}

}
