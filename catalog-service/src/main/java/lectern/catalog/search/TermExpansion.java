package lectern.catalog.search;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a word that was typed may mean.
 *
 * @param variants that books are searched by, the likeliest first; none if no book has
 * any
 */
record TermExpansion(List<Variant> variants) {

	/** Any of the words, as a query of PostgreSQL's full-text search. */
	String toTsQuery() {
		return toTsQuery(this.variants);
	}

	/** About how many books have any of the words. */
	long bookCount() {
		return this.variants.stream().mapToLong(Variant::bookCount).sum();
	}

	/** Any of some words; each is quoted, so that whatever it is, it is no operator. */
	static String toTsQuery(List<Variant> words) {
		return words.stream()
			.map((word) -> "'" + word.text().replace("\\", "\\\\").replace("'", "''") + "'")
			.collect(Collectors.joining(" | "));
	}

	/**
	 * One of the words.
	 *
	 * @param penalty how far it is from what was typed: 0 to 63, less than one kind of
	 * place in a book is from the next
	 * @param bookCount how many have it in the form that led to it; the largest number
	 * there is where that is not known
	 */
	record Variant(String text, int penalty, int bookCount) {
	}

}
