package lectern.progress.model;

/** The reason why a command on a path is rejected. No event is stored. */
public enum PathRejection implements PathDecision {

	/** The catalog has no such path. */
	UNKNOWN_PATH,

	/** The reader has not joined this path. */
	NOT_JOINED,

	/** The path has no such gate. */
	NO_SUCH_GATE

}
