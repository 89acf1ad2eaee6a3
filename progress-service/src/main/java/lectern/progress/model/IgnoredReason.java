package lectern.progress.model;

/** Why a stored report did not move the position. */
public enum IgnoredReason {

	/** The current position is of a later time. */
	OCCURRED_BEFORE_CURRENT,

	/** The position was restored at a later time. */
	OCCURRED_BEFORE_RESTORE,

	/**
	 * The reading was finished at a later time, and the report was received after that.
	 */
	OCCURRED_BEFORE_FINISH,

	/**
	 * The reading was abandoned at a later time, and the report was received after that.
	 */
	OCCURRED_BEFORE_ABANDON,

	/**
	 * The report is not further, and the reader's mode is
	 * {@link PositionUpdateMode#FURTHEST}.
	 */
	NOT_FURTHER

}
