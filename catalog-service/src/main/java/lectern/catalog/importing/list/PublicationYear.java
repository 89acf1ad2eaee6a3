package lectern.catalog.importing.list;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The year of a publication, told from other numbers.
 */
final class PublicationYear {

	/** 1940 to 2049, and no part of a version, a range or a date. */
	private static final Pattern PLAUSIBLE = Pattern
		.compile("(?<![\\p{L}\\p{N}.\\-–])(?:19[4-9]|20[0-4])[0-9](?![\\p{L}\\p{N}\\-–]|\\.[0-9])");

	private static final Pattern PARENTHESES = Pattern.compile("[(（]([^()（）]*+)[)）]");

	private PublicationYear() {
	}

	/**
	 * Returns the only year in the text; of several nobody knows which is meant.
	 */
	static @Nullable Integer findIn(String text) {
		Matcher year = PLAUSIBLE.matcher(text);
		if (!year.find()) {
			return null;
		}
		String found = year.group();
		return year.find() ? null : Integer.valueOf(found);
	}

	/**
	 * Returns the year that a title gives in parentheses. Elsewhere in a title a year is
	 * a version as often as not: "Visual Studio 2019".
	 */
	static @Nullable Integer findInTitle(String title) {
		Matcher parentheses = PARENTHESES.matcher(title);
		Integer year = null;
		while (parentheses.find()) {
			Integer found = findIn(parentheses.group(1));
			year = (found != null) ? found : year;
		}
		return year;
	}

}
