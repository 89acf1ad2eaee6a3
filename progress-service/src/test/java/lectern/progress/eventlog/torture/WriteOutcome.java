package lectern.progress.eventlog.torture;

/** The outcome of an event, as far as its writer knows. */
enum WriteOutcome {

	/** Acknowledged: the event must be in the log. */
	COMMITTED,

	/** A version conflict: the event must not be in the log. */
	CONFLICT,

	/** Rolled back by the writer: the event must not be in the log. */
	ROLLED_BACK,

	/** Open for longer than PostgreSQL allows: the event must not be in the log. */
	TIMED_OUT,

	/** Failed with an unknown result, as when a connection breaks during a commit. */
	UNCERTAIN

}
