package lectern.catalog.book;

import java.util.regex.Pattern;

import lectern.web.KeysetPageRequest;
import lectern.web.Problem;

/** The slug by which a book or a path is known. */
public final class CatalogId {

	/** Lower-case words and numbers joined by single hyphens. */
	public static final String REGEX = "[a-z0-9]+(-[a-z0-9]+)*";

	/** The longest. */
	public static final int MAX_LENGTH = 80;

	/** What is said of a text that cannot be one. */
	public static final String MESSAGE = "must be words of lower-case letters and digits joined by hyphens, at most "
			+ MAX_LENGTH + " characters";

	private static final Pattern PATTERN = Pattern.compile(REGEX);

	private CatalogId() {
	}

	/** Whether a text can be an id. */
	public static boolean isValid(String text) {
		return text.length() <= MAX_LENGTH && PATTERN.matcher(text).matches();
	}

	/**
	 * Let a write pass only under an id.
	 * @param parameter the name of the part of the address that brings it
	 * @throws Problem 400 naming the parameter if the text cannot be an id
	 */
	public static void require(String parameter, String text) {
		if (!isValid(text)) {
			throw Problem.invalidParameter(parameter, MESSAGE);
		}
	}

	/**
	 * The id after which a page of a list begins that is ordered by id.
	 * @return empty for the first page
	 * @throws Problem 400 if the page asked for is not of our making
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

	/** What is said of a page that is not of our making. */
	public static Problem invalidPage() {
		return Problem.invalidParameter("page", "is not a page of this list; start without it");
	}

}
