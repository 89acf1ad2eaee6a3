package lectern.progress.eventlog;

/** More is waiting to be appended than will be soon: nothing was appended, try later. */
public final class AppendQueueFullException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	AppendQueueFullException() {
		// Without a stack trace, as VersionConflict.
		super("Too many appends wait", null, false, false);
	}

}
