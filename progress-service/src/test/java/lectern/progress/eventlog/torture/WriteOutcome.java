package lectern.progress.eventlog.torture;

/** What became of an event, as far as its writer knows. */
enum WriteOutcome {

	/** Acknowledged: must be in the log. */
	COMMITTED,

	/** Another was first: must not be in the log. */
	CONFLICT,

	/** Its writer rolled it back: must not be in the log. */
	ROLLED_BACK,

	/** Held for longer than PostgreSQL allows: must not be in the log. */
	TIMED_OUT,

	/** Failed in a way that says nothing, as when a connection breaks in a commit. */
	UNCERTAIN

}
