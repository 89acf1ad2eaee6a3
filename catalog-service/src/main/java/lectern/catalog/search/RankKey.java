package lectern.catalog.search;

import lectern.catalog.book.CatalogId;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a search ends: how well its last book fits, the least first, and the
 * book's number, which tells apart those that fit as well.
 */
record RankKey(float rank, long number) {

	static final RankKey FIRST = new RankKey(Float.NEGATIVE_INFINITY, 0);

	private static final float MAX_SCORE = 1_000;

	/**
	 * The place that a page begins after.
	 * @param key null for the first page
	 * @throws Problem 400 if it is not of our making
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
			// Not of our making either: said below.
		}
		throw CatalogId.invalidPage();
	}

	/** The rank among those with one word, which is whole and never far from nothing. */
	int score() {
		return (int) Math.clamp(this.rank, -MAX_SCORE, MAX_SCORE);
	}

}
