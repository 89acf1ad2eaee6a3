package lectern.progress.eventlog;

/** An earlier command with an idempotency key, as the log remembers it. */
public sealed interface StoredCommand permits CommandReference, StoredResponse {

	/** The hash of the command, from its {@link IdempotencyRecord}. */
	String hash();

}
