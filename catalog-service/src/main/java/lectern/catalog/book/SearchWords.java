package lectern.catalog.book;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A search as people type it, made into a query of PostgreSQL's full-text search. */
final class SearchWords {

	private SearchWords() {
	}

	/**
	 * All words must be there; the last may be the beginning of one. Each is quoted, so
	 * that whatever is typed is text and never an operator.
	 */
	static String query(String typed) {
		return Arrays.stream(Normalizer.normalize(typed, Normalizer.Form.NFC).split("\\s+"))
			.filter((word) -> word.codePoints().anyMatch(Character::isLetterOrDigit))
			.map((word) -> "'" + word.replace("\\", "").replace("'", "''") + "'")
			.collect(Collectors.collectingAndThen(Collectors.joining(" & "),
					(query) -> query.isEmpty() ? "" : query + ":*"));
	}

}
