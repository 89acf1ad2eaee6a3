package lectern.catalog.search;

/** What people type. */
final class QueryText {

	private QueryText() {
	}

	/** Whether it says something, is not too long and can be asked the database for. */
	static boolean isValid(String typed, int longest) {
		return !typed.isBlank() && typed.length() <= longest && typed.codePoints()
			.noneMatch((c) -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
	}

}
