package lectern.catalog.search;

/** Validation of text that a user types. */
final class QueryText {

	private QueryText() {
	}

	/**
	 * Whether a text is not blank, has at most so many characters, and has no control
	 * characters and no unpaired surrogates, which the database would refuse.
	 */
	static boolean isValid(String text, int maxLength) {
		return !text.isBlank() && text.length() <= maxLength && text.codePoints()
			.noneMatch((c) -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
	}

}
