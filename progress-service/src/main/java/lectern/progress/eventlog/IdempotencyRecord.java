package lectern.progress.eventlog;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Under which key the answer to a command is kept, in the transaction that appends what
 * the command led to.
 *
 * @param reader whose key it is
 * @param key made by the client, the same for every repeat of the command
 * @param hash tells the command from others that come under the same key
 * @param retention at least so long; null for as long as the log
 * @param responseFactory what is to be kept, made from what was appended; quick, since
 * others wait while it is made
 */
public record IdempotencyRecord(String reader, String key, String hash, @Nullable Duration retention,
		Function<AppendResult, String> responseFactory) {

}
