package lectern.catalog.search;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a word that was typed may mean.
 *
 * @param words that books are searched by, the likeliest first; none if no book has any
 */
record Meaning(List<Word> words) {

	/** Any of the words, as a query of PostgreSQL's full-text search. */
	String query() {
		return query(this.words);
	}

	/** About how many books have any of the words. */
	long books() {
		return this.words.stream().mapToLong(Word::books).sum();
	}

	/** Any of some words; each is quoted, so that whatever it is, it is no operator. */
	static String query(List<Word> words) {
		return words.stream()
			.map((word) -> "'" + word.text().replace("\\", "\\\\").replace("'", "''") + "'")
			.collect(Collectors.joining(" | "));
	}

	/**
	 * One of the words.
	 *
	 * @param penalty how far it is from what was typed: 0 to 63, less than one kind of
	 * place in a book is from the next
	 * @param books how many have it in the form that led to it; the largest number there
	 * is where that is not known
	 */
	record Word(String text, int penalty, int books) {
	}

}
