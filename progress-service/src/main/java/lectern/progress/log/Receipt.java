package lectern.progress.log;

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
 * @param keptFor at least so long; null for as long as the log
 * @param answer what is to be kept, made from what was appended; quick, since others wait
 * while it is made
 */
public record Receipt(String reader, String key, String hash, @Nullable Duration keptFor,
		Function<Appended, String> answer) {

}
