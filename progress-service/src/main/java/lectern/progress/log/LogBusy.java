package lectern.progress.log;

/** More is waiting to be appended than will be soon: nothing was appended, try later. */
public final class LogBusy extends RuntimeException {

	private static final long serialVersionUID = 1L;

	LogBusy() {
		// Without a stack trace, as VersionConflict.
		super("Too many appends wait", null, false, false);
	}

}
