package lectern.progress.eventlog;

/** Signals that too many appends are queued. Nothing was appended; try again later. */
public final class AppendQueueFullException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	AppendQueueFullException() {
		// Without a stack trace, as VersionConflictException.
		super("Too many appends are queued", null, false, false);
	}

}
