package lectern.progress.model;

/** The reason why a command on a reading is rejected. No event is stored. */
public enum Rejection implements Decision {

	/** The catalog has no such book. */
	UNKNOWN_BOOK,

	/** The id that the client chose belongs to another reading. */
	ID_TAKEN,

	/** The reader has no such reading. */
	NO_SUCH_READING,

	/** The reader has removed the reading. */
	READING_REMOVED,

	/** The reading is finished and must be reopened first. */
	READING_FINISHED,

	/** The reading is abandoned and must be resumed first. */
	READING_ABANDONED,

	/** The reading had no position at the time to restore. */
	NO_POSITION_THEN,

	/** The date to finish by is not in the future. */
	PLAN_IN_THE_PAST,

	/**
	 * The reading is not removed, or was removed again since: the undo was taken before.
	 */
	REMOVAL_UNDONE,

	/**
	 * The position is not that of the restore any more, which therefore cannot be undone.
	 */
	RESTORE_SUPERSEDED

}
