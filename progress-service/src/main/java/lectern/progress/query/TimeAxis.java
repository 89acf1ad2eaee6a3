package lectern.progress.query;

import java.util.Arrays;
import java.util.Locale;

import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/** Which past is meant: what was known then, or what by now is known of then. */
enum TimeAxis {

	/** By when things came in: what a view showed then. */
	RECEIVED,

	/** By when things happened: where the reader was then, also if it was told later. */
	OCCURRED;

	/** The parameter that names one. */
	static final String PARAMETER = "axis";

	/**
	 * The one that a word stands for.
	 * @param word null for the usual one
	 * @throws Problem 400 if it stands for none
	 */
	static TimeAxis of(@Nullable String word) {
		return (word == null) ? RECEIVED
				: Arrays.stream(values())
					.filter((axis) -> axis.name().toLowerCase(Locale.ROOT).equals(word))
					.findAny()
					.orElseThrow(() -> Problem.invalidParameter(PARAMETER, "must be received or occurred"));
	}

}
