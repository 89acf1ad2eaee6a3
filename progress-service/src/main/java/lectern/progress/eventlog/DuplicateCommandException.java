package lectern.progress.eventlog;

/**
 * A command came under this key before, and its answer is kept: nothing was appended now.
 */
public final class DuplicateCommandException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DuplicateCommandException() {
		// Without a stack trace, as VersionConflict.
		super("The key has an answer already", null, false, false);
	}

}
