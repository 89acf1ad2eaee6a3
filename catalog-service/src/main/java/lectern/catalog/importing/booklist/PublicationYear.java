package lectern.catalog.importing.booklist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds the year of a publication among other numbers.
 */
final class PublicationYear {

	/** 1940 to 2049, not as part of a version, a range or a date. */
	private static final Pattern PLAUSIBLE = Pattern
		.compile("(?<![\\p{L}\\p{N}.\\-–])(?:19[4-9]|20[0-4])[0-9](?![\\p{L}\\p{N}\\-–]|\\.[0-9])");

	private static final Pattern PARENTHESES = Pattern.compile("[(（]([^()（）]*+)[)）]");

	private PublicationYear() {
	}

	/**
	 * Return the only year in a text; null if there is none or more than one.
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
	 * Return the year in parentheses in a title. Outside of parentheses a year is often a
	 * version, as in "Visual Studio 2019".
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
