package lectern.progress.query;

import java.time.DateTimeException;
import java.time.ZoneId;

import lectern.web.Problem;

/** The query parameter with the time zone in which dates are meant. */
public final class ZoneParameter {

	/** The name of the parameter. */
	public static final String NAME = "zone";

	private ZoneParameter() {
	}

	/**
	 * Parse the value of the parameter.
	 * @throws Problem 400 if it is not a time zone
	 */
	public static ZoneId parse(String text) {
		try {
			return ZoneId.of(text);
		}
		catch (DateTimeException _) {
			throw Problem.invalidParameter(NAME, "must be the name of a time zone, such as Europe/Rome");
		}
	}

}
