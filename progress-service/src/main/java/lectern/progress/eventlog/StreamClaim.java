package lectern.progress.eventlog;

/**
 * What an append claims besides the next versions of its stream. The log checks the claim
 * in the transaction of the append, so it holds between nodes (ADR 26).
 */
public sealed interface StreamClaim {

	/**
	 * The reader who owns the claim.
	 */
	String reader();

	/** Two appends with equal keys are not in one batch. */
	Object key();

	/**
	 * The append opens its stream for a book.
	 *
	 * @param exclusive whether no other open stream of the reader may be about the book
	 */
	record Opening(String reader, String book, boolean exclusive) implements StreamClaim {

		@Override
		public Object key() {
			return new OpeningKey(this.reader, this.book);
		}

		private record OpeningKey(String reader, String book) {
		}

	}

	/**
	 * The stream is also known by another id from now on. No stream has that id.
	 *
	 * @param id the other id
	 */
	record Alias(String reader, String id) implements StreamClaim {

		/** An append to a stream with that id is not in the same batch either. */
		@Override
		public Object key() {
			return this.id;
		}

	}

}
