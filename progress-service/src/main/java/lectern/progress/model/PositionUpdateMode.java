package lectern.progress.model;

/** Which reports move the position; each reader chooses a mode. */
public enum PositionUpdateMode {

	/** Every report of a later time than the current position. */
	LATEST,

	/**
	 * Only reports that are further, so that a device that lags behind does not move
	 * back.
	 */
	FURTHEST

}
