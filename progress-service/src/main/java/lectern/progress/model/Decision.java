package lectern.progress.model;

import java.util.List;

/**
 * The result of deciding a command: the events to store, or the reason of a rejection.
 */
public sealed interface Decision permits Decision.Accepted, Rejection, InvalidCommand {

	/**
	 * The command is accepted.
	 *
	 * @param events the events to store, in order; empty if the command changes nothing
	 */
	record Accepted(List<ReadingEvent> events) implements Decision {

		/** The command changes nothing. */
		static final Accepted NO_CHANGE = new Accepted(List.of());

		public Accepted {
			events = List.copyOf(events);
		}

		static Accepted with(ReadingEvent event) {
			return new Accepted(List.of(event));
		}

	}

}
