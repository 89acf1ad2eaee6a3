package lectern.acceptance.monitoring;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** The times in rules: how long an alert waits, and how far a query looks back. */
final class RuleTimes {

	private static final Pattern TIME = Pattern.compile("(for: |\\[)(\\d+[smh])");

	private RuleTimes() {
	}

	/** Divide all of them, to whole seconds of at least 1. */
	static String divide(String rules, int divisor) {
		return TIME.matcher(rules).replaceAll((match) -> match.group(1) + divideOne(match.group(2), divisor) + "s");
	}

	private static String divideOne(String time, int divisor) {
		long seconds = Duration.parse("PT" + time.toUpperCase(Locale.ROOT)).toSeconds();
		return Long.toString(Math.max(seconds / divisor, 1));
	}

}
