package lectern.catalog.search;

import lectern.catalog.book.CatalogId;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The sort key of the last book of a page of search results.
 *
 * @param rank the lower, the better
 * @param number the number of the book, which orders books of equal rank
 */
record RankKey(float rank, long number) {

	static final RankKey FIRST = new RankKey(Float.NEGATIVE_INFINITY, 0);

	private static final float MAX_SCORE = 1_000;

	/**
	 * The key after which a page begins.
	 * @param key as a page token has it; null for the first page
	 * @throws Problem 400 if no page token has such a key
	 */
	static RankKey parse(@Nullable String key) {
		if (key == null) {
			return FIRST;
		}
		int colon = key.indexOf(':');
		try {
			if (colon > 0) {
				float rank = Float.parseFloat(key.substring(0, colon));
				long number = Long.parseLong(key.substring(colon + 1));
				if (Float.isFinite(rank) && number > 0) {
					return new RankKey(rank, number);
				}
			}
		}
		catch (NumberFormatException _) {
			// Reported below.
		}
		throw CatalogId.invalidPage();
	}

	/** The rank in a search for one word, where it is a small whole number. */
	int score() {
		return (int) Math.clamp(this.rank, -MAX_SCORE, MAX_SCORE);
	}

}
