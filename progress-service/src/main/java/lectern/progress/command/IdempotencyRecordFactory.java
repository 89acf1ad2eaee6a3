package lectern.progress.command;

import java.time.Duration;
import java.util.function.Function;

import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.IdempotencyRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the answer to a command is kept by the log, if it is.
 *
 * @param <O> what a command leads to
 */
@FunctionalInterface
interface IdempotencyRecordFactory<O> {

	/** For all commands but reports. */
	Duration DEFAULT_RETENTION = Duration.ofDays(7);

	/**
	 * The receipt that is to be appended with what the command leads to.
	 * @param keptFor at least so long; null for as long as the log
	 * @param outcome what the command has led to once something is appended
	 * @return null if the command came without a key
	 */
	@Nullable IdempotencyRecord create(@Nullable Duration keptFor, Function<AppendResult, O> outcome);

}
