package lectern.progress.log;

import org.jspecify.annotations.Nullable;

/** What became of one append among those that were committed together. */
sealed interface Verdict {

	/**
	 * It stands.
	 *
	 * @param answer to be kept; null if there is no receipt
	 */
	record Won(Append append, Appended appended, @Nullable String answer) implements Verdict {
	}

	/** Nothing of it was appended. */
	record Lost(RuntimeException reason) implements Verdict {
	}

}
