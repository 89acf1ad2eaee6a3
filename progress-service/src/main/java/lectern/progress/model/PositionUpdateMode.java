package lectern.progress.model;

/** When a report moves the position: each reader's own choice. */
public enum PositionUpdateMode {

	/** Whenever the reader was there later than at the current position. */
	LATEST,

	/** Only forward: no device that lags behind takes the reader back. */
	FURTHEST

}
