package lectern.catalog.importing.booklist;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the language of a list in its file name, for example
 * {@code free-programming-books-pt_BR.md}.
 */
public final class ListLanguage {

	/** The suffixes of the two parts of the English list. */
	private static final Set<String> ENGLISH = Set.of("langs", "subjects");

	private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

	private static final Set<String> REGIONS = Set.of(Locale.getISOCountries());

	private ListLanguage() {
	}

	/**
	 * Return the language as a BCP 47 tag; null if the name does not contain one.
	 * @param source a file name, path or URL; may be null
	 */
	public static @Nullable String of(@Nullable String source) {
		if (source == null) {
			return null;
		}
		String path = source.strip().split("[?#]", 2)[0];
		String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
		name = name.endsWith(".md") ? name.substring(0, name.length() - 3) : name;
		List<String> words = Arrays.asList(name.split("-", -1));
		if (!words.getFirst().equals("free")) {
			return null;
		}
		// The language may be followed by the name of a part: "…-cs-cp".
		for (String word : words.subList(1, words.size()).reversed()) {
			String tag = ENGLISH.contains(word) ? "en" : tag(word);
			if (tag != null) {
				return tag;
			}
		}
		return null;
	}

	private static @Nullable String tag(String word) {
		String[] parts = word.split("_");
		if (parts.length == 0 || parts.length > 2 || !LANGUAGES.contains(parts[0])) {
			return null;
		}
		Locale.Builder builder = new Locale.Builder().setLanguage(parts[0]);
		if (parts.length == 2) {
			if (parts[1].length() == 4) {
				setScript(builder, parts[1]);
			}
			else if (REGIONS.contains(parts[1].toUpperCase(Locale.ROOT))) {
				builder.setRegion(parts[1]);
			}
		}
		return builder.build().toLanguageTag();
	}

	private static void setScript(Locale.Builder builder, String script) {
		try {
			builder.setScript(script);
		}
		catch (IllformedLocaleException _) {
			// The language without the script is still valid.
		}
	}

}
