package lectern.progress.eventlog;

/** The outcome of one append of a batch. */
sealed interface AppendOutcome {

	/** The events are stored. */
	record Committed(AppendResult result) implements AppendOutcome {
	}

	/** No event of the append is stored. */
	record Rejected(RuntimeException reason) implements AppendOutcome {
	}

	/** It is unknown whether the events are stored. */
	record Failed(Throwable reason) implements AppendOutcome {
	}

}
