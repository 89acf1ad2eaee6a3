package lectern.progress.document;

import java.util.UUID;
import java.util.regex.Pattern;

import lectern.web.Problem;
import lectern.web.ProblemType;

/** The id of a reading: a UUID, written in full. */
public final class ReadingId {

	/** 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
	public static final String FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

	private static final Pattern PATTERN = Pattern.compile(FORM);

	private ReadingId() {
	}

	/**
	 * The id in an address.
	 * @throws Problem 404 if no reading can be there
	 */
	public static UUID of(String segment) {
		if (!PATTERN.matcher(segment).matches()) {
			throw unknown();
		}
		return UUID.fromString(segment);
	}

	/** There is no such reading, or it is none of the reader's: which, is not told. */
	public static Problem unknown() {
		return Problem.of(ProblemType.NOT_FOUND, "This reader has no reading of this id.");
	}

}
