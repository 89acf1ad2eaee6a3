package lectern.progress.log;

/**
 * A command came under this key before, and its answer is kept: nothing was appended now.
 */
public final class KeyTaken extends RuntimeException {

	private static final long serialVersionUID = 1L;

	KeyTaken() {
		// Without a stack trace, as VersionConflict.
		super("The key has an answer already", null, false, false);
	}

}
