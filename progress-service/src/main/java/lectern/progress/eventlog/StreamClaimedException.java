package lectern.progress.eventlog;

/**
 * Signals that what an append claims belongs to another stream. Nothing was appended.
 */
public final class StreamClaimedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String reader;

	private final String holder;

	StreamClaimedException(String reader, String holder) {
		// Without a stack trace, as VersionConflictException.
		super("Another stream has what the append claims: " + holder, null, false, false);
		this.reader = reader;
		this.holder = holder;
	}

	/** The reader who owns the claim. */
	public String reader() {
		return this.reader;
	}

	/**
	 * The stream that has it: the open stream of the book, or the one with the id of a
	 * new stream or of an alias.
	 */
	public String holder() {
		return this.holder;
	}

}
