package lectern.progress.eventlog;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a command is remembered, in the transaction that appends its events. The log adds
 * which events these are.
 *
 * @param reader the reader to whom the key belongs
 * @param key the idempotency key, chosen by the client and the same for every repetition
 * of the command
 * @param hash distinguishes the command from others with the same key
 * @param retention the minimum time for which the record is stored; null for as long as
 * the log
 * @param response the response on one line of text, if it cannot be derived from the
 * events; otherwise null
 */
public record IdempotencyRecord(String reader, String key, String hash, @Nullable Duration retention,
		@Nullable String response) {

	/** A record whose response is derived from the events. */
	public IdempotencyRecord(String reader, String key, String hash, @Nullable Duration retention) {
		this(reader, key, hash, retention, null);
	}

	/** The same record with a response that is stored. */
	public IdempotencyRecord withResponse(String text) {
		return new IdempotencyRecord(this.reader, this.key, this.hash, this.retention, text);
	}

}
