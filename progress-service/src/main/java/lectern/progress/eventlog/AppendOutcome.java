package lectern.progress.eventlog;

import org.jspecify.annotations.Nullable;

/** The outcome of one append of a batch. */
sealed interface AppendOutcome {

	/**
	 * The events are appended.
	 *
	 * @param response the response to store; null without an idempotency record
	 */
	record Committed(Append append, AppendResult result, @Nullable String response) implements AppendOutcome {
	}

	/** No event of the append is stored. */
	record Rejected(RuntimeException reason) implements AppendOutcome {
	}

	/** It is unknown whether the events are stored. */
	record Failed(Throwable reason) implements AppendOutcome {
	}

}
