package lectern.progress.eventlog;

/**
 * Signals that a response is already stored under the idempotency key of a command.
 * Nothing was appended.
 */
public final class DuplicateCommandException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DuplicateCommandException() {
		// Without a stack trace, as VersionConflictException.
		super("A response is already stored under this idempotency key", null, false, false);
	}

}
