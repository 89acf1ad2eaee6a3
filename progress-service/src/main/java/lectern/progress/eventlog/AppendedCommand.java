package lectern.progress.eventlog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A command that is remembered together with its events. An append can have the events of
 * many commands.
 *
 * @param idempotencyRecord how to remember the command
 * @param end the number of events of the append up to the last one of this command
 * @param eventCount the number of events of this command, which come before the end; 0 if
 * it changes nothing
 */
public record AppendedCommand(IdempotencyRecord idempotencyRecord, int end, int eventCount) {

	/** The command of an append that has no other. */
	static List<AppendedCommand> only(@Nullable IdempotencyRecord idempotencyRecord, List<NewEvent> events) {
		return (idempotencyRecord != null)
				? List.of(new AppendedCommand(idempotencyRecord, events.size(), events.size())) : List.of();
	}

}
