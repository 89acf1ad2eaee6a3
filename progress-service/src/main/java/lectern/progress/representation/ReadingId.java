package lectern.progress.representation;

import java.util.UUID;
import java.util.regex.Pattern;

import lectern.web.Problem;
import lectern.web.ProblemType;

/** The id of a reading: a UUID, written in full. */
public final class ReadingId {

	/** 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
	public static final String REGEX = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

	private static final Pattern PATTERN = Pattern.compile(REGEX);

	private ReadingId() {
	}

	/**
	 * The id in an address.
	 * @throws Problem 404 if no reading can be there
	 */
	public static UUID parse(String segment) {
		if (!PATTERN.matcher(segment).matches()) {
			throw notFound();
		}
		return UUID.fromString(segment);
	}

	/** There is no such reading, or it is none of the reader's: which, is not told. */
	public static Problem notFound() {
		return Problem.of(ProblemType.NOT_FOUND, "This reader has no reading of this id.");
	}

}
