package lectern.progress.eventlog;

/**
 * Signals that a command is already remembered under the idempotency key of another one.
 * Nothing was appended.
 */
public final class DuplicateCommandException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DuplicateCommandException() {
		// Without a stack trace, as VersionConflictException.
		super("A command is already remembered under this idempotency key", null, false, false);
	}

}
