package lectern.progress.model;

/** Why a report that was kept did not move the position. */
public enum IgnoredReason {

	/** The reader has been at the current position since. */
	OCCURRED_BEFORE_CURRENT,

	/** The reader has restored the position since. */
	OCCURRED_BEFORE_RESTORE,

	/** It goes back, which the reader's policy does not want. */
	NOT_FURTHER

}
