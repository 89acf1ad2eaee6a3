package lectern.progress.query;

import java.util.Arrays;
import java.util.Locale;

import lectern.web.Problem;

/** The time by which events are ordered in queries of the past. */
enum TimeAxis {

	/**
	 * By the time at which events were received: the state that a read model had then.
	 */
	RECEIVED,

	/**
	 * By the time at which events occurred: where the reader was then, even if it was
	 * reported later.
	 */
	OCCURRED;

	/** The name of the query parameter. */
	static final String PARAMETER = "axis";

	/**
	 * Parse the value of the parameter.
	 * @throws Problem 400 for an unknown value
	 */
	static TimeAxis of(String value) {
		return Arrays.stream(values())
			.filter((axis) -> axis.name().toLowerCase(Locale.ROOT).equals(value))
			.findAny()
			.orElseThrow(() -> Problem.invalidParameter(PARAMETER, "must be received or occurred"));
	}

}
