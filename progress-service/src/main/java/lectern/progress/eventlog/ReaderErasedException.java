package lectern.progress.eventlog;

/** Thrown when events of a reader are appended who is erased. */
public final class ReaderErasedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ReaderErasedException() {
		// Without a stack trace, as VersionConflictException.
		super("The reader is erased", null, false, false);
	}

}
