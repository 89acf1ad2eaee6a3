package lectern.progress.command;

import java.util.List;

import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.NewEvent;
import org.jspecify.annotations.Nullable;

/**
 * Creates the record by which the log remembers a command, before the events are
 * appended.
 *
 * @param <S> the state on which the command was decided
 */
@FunctionalInterface
interface IdempotencyRecordFactory<S> {

	/**
	 * Create the record to store with the events of the command.
	 * @param before the state on which the command was decided
	 * @param events the new events; empty if the command changes nothing
	 * @return null if the command has no idempotency key
	 */
	@Nullable IdempotencyRecord create(S before, List<NewEvent> events);

}
