package lectern.progress.eventlog;

/**
 * Signals that a stream does not have the expected version, because another append came
 * first. Nothing was appended; load the stream, decide again and retry.
 */
public final class VersionConflictException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	VersionConflictException(String stream, int expectedVersion) {
		// Without a stack trace: conflicts are expected and can be frequent.
		super("The stream " + stream + " is not at version " + expectedVersion, null, false, false);
	}

}
