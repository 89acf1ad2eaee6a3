package lectern.progress.eventlog;

import org.jspecify.annotations.Nullable;

/** What became of one append among those that were committed together. */
sealed interface AppendOutcome {

	/**
	 * It stands.
	 *
	 * @param response to be kept; null if there is no receipt
	 */
	record Committed(Append append, AppendResult result, @Nullable String response) implements AppendOutcome {
	}

	/** Nothing of it was appended. */
	record Rejected(RuntimeException reason) implements AppendOutcome {
	}

}
