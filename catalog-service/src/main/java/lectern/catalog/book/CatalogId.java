package lectern.catalog.book;

import java.util.regex.Pattern;

import lectern.web.KeysetPageRequest;
import lectern.web.Problem;

/** The syntax of the ids of books, paths and gates. */
public final class CatalogId {

	/** Lower-case letters and digits, in words joined by single hyphens. */
	public static final String REGEX = "[a-z0-9]+(-[a-z0-9]+)*";

	/** The maximum number of characters. */
	public static final int MAX_LENGTH = 80;

	/** The message for a text that is not an id. */
	public static final String MESSAGE = "must be words of lower-case letters and digits joined by hyphens, at most "
			+ MAX_LENGTH + " characters";

	private static final Pattern PATTERN = Pattern.compile(REGEX);

	private CatalogId() {
	}

	/** Whether a text is a valid id. */
	public static boolean isValid(String text) {
		return text.length() <= MAX_LENGTH && PATTERN.matcher(text).matches();
	}

	/**
	 * Require a valid id.
	 * @param parameter the name of the path variable that holds it
	 * @throws Problem 400 naming the parameter if the text is not a valid id
	 */
	public static void require(String parameter, String text) {
		if (!isValid(text)) {
			throw Problem.invalidParameter(parameter, MESSAGE);
		}
	}

	/**
	 * The id after which a page begins, in a list ordered by id.
	 * @return empty for the first page
	 * @throws Problem 400 if no page token of such a list has this key
	 */
	public static String afterId(KeysetPageRequest request) {
		String id = request.after();
		if (id == null) {
			return "";
		}
		if (!isValid(id)) {
			throw invalidPage();
		}
		return id;
	}

	/** The problem for a page token that this service did not issue. */
	public static Problem invalidPage() {
		return Problem.invalidParameter("page", "is not a page of this list; start without it");
	}

}
