package lectern.progress.model;

/** A rule said no; nothing happens. */
public enum Rejection implements Decision {

	/** The catalog has no such book. */
	UNKNOWN_BOOK,

	/** The id that was brought along belongs to another reading. */
	ID_TAKEN,

	/** The reader has no such reading. */
	NO_SUCH_READING,

	/** It has to be reopened first. */
	READING_FINISHED,

	/** It has to be resumed first. */
	READING_ABANDONED,

	/** The reading had no position then. */
	NO_POSITION_THEN,

	/** What is planned cannot be done any more. */
	PLAN_IN_THE_PAST

}
