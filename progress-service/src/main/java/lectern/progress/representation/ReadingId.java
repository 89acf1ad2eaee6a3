package lectern.progress.representation;

import java.util.UUID;
import java.util.regex.Pattern;

import lectern.web.Problem;
import lectern.web.ProblemType;

/** The id of a reading: a UUID in its full text form. */
public final class ReadingId {

	/** 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
	public static final String REGEX = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

	private static final Pattern PATTERN = Pattern.compile(REGEX);

	private ReadingId() {
	}

	/** Whether a text is the id of a reading that there may be. */
	static boolean isId(String text) {
		return PATTERN.matcher(text).matches();
	}

	/**
	 * Parse the id in a path.
	 * @throws Problem 404 if the text is not the id of any reading
	 */
	public static UUID parse(String segment) {
		if (!isId(segment)) {
			throw notFound();
		}
		return UUID.fromString(segment);
	}

	/**
	 * Return the problem for a missing reading. It does not reveal whether the reading
	 * belongs to another reader.
	 */
	public static Problem notFound() {
		return Problem.of(ProblemType.NOT_FOUND, "This reader has no reading with this id.");
	}

	/** Return the problem for a reading that its reader has removed. */
	public static Problem removed() {
		return Problem.of(ProblemType.NOT_FOUND,
				"This reading was removed. The undo in the response to its removal returns it.");
	}

}
