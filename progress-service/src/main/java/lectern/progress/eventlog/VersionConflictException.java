package lectern.progress.eventlog;

/** Somebody else appended first: load, decide and append again. */
public final class VersionConflictException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	VersionConflictException(String stream, int expectedVersion) {
		// Without a stack trace: it is an answer, and there may be many.
		super("The stream " + stream + " is not at version " + expectedVersion, null, false, false);
	}

}
