package lectern.catalog.search;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The stored words that a typed word may stand for.
 *
 * @param variants the most likely first; empty if no book contains any
 */
record TermExpansion(List<Variant> variants) {

	/** A full-text query of PostgreSQL for any of the variants. */
	String toTsQuery() {
		return toTsQuery(this.variants);
	}

	/** An estimate of the number of books that contain any of the variants. */
	long bookCount() {
		return this.variants.stream().mapToLong(Variant::bookCount).sum();
	}

	/**
	 * A full-text query of PostgreSQL for any of some variants, empty for none. Each is
	 * quoted, so that none of its characters is an operator.
	 */
	static String toTsQuery(List<Variant> variants) {
		return variants.stream()
			.map((variant) -> "'" + variant.text().replace("\\", "\\\\").replace("'", "''") + "'")
			.collect(Collectors.joining(" | "));
	}

	/**
	 * A stored word.
	 *
	 * @param penalty added to the score of a book that contains it; less than the
	 * difference between the scores of two fields, so that the field counts more
	 * @param bookCount the number of books that contain the form that led to this word;
	 * {@link Integer#MAX_VALUE} if it is not known
	 */
	record Variant(String text, int penalty, int bookCount) {
	}

}
