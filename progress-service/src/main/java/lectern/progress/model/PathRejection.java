package lectern.progress.model;

/** A rule of paths said no; nothing happens. */
public enum PathRejection implements PathDecision {

	/** The catalog has no such path. */
	UNKNOWN_PATH,

	/** The reader is not on this path. */
	NOT_JOINED,

	/** The path has no such gate. */
	NO_SUCH_GATE

}
