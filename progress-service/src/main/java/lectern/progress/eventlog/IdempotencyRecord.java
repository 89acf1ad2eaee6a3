package lectern.progress.eventlog;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * How to store the response to a command, in the transaction that appends the events of
 * the command.
 *
 * @param reader the reader to whom the key belongs
 * @param key the idempotency key, chosen by the client and the same for every repetition
 * of the command
 * @param hash distinguishes the command from others with the same key
 * @param retention the minimum time for which the response is stored; null for as long as
 * the log
 * @param responseFactory creates the response from the result of the append. It must be
 * quick, since it runs while the head of the log is locked
 */
public record IdempotencyRecord(String reader, String key, String hash, @Nullable Duration retention,
		Function<AppendResult, String> responseFactory) {

}
