package lectern.progress.command;

import java.time.Duration;
import java.util.function.Function;

import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.IdempotencyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Creates the record by which the log stores the response to a command.
 *
 * @param <O> the type of the command's result
 */
@FunctionalInterface
interface IdempotencyRecordFactory<O> {

	/** The retention of all responses except those to position reports. */
	Duration DEFAULT_RETENTION = Duration.ofDays(7);

	/**
	 * Create the record to store with the events of the command.
	 * @param retention the minimum time for which the response is stored; null for as
	 * long as the log
	 * @param result computes the result of the command from the result of the append
	 * @return null if the command has no idempotency key
	 */
	@Nullable IdempotencyRecord create(@Nullable Duration retention, Function<AppendResult, O> result);

}
