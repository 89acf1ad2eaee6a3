package lectern.progress.model;

import java.util.List;

/** The answer to a command: what happens, or why nothing does. */
public sealed interface Decision permits Decision.Accepted, Rejection {

	/**
	 * The command is obeyed.
	 *
	 * @param events what happens now, in order; none when it is in effect already
	 */
	record Accepted(List<ReadingEvent> events) implements Decision {

		/** It is in effect already. */
		static final Accepted NO_CHANGE = new Accepted(List.of());

		public Accepted {
			events = List.copyOf(events);
		}

		static Accepted with(ReadingEvent event) {
			return new Accepted(List.of(event));
		}

	}

}
