package lectern.progress.model;

import java.util.List;

/**
 * The result of deciding a command on a path: the events to store, or the reason of a
 * rejection.
 */
public sealed interface PathDecision permits PathDecision.Accepted, PathRejection {

	/**
	 * The command is accepted.
	 *
	 * @param events the events to store, in order; empty if the command changes nothing
	 */
	record Accepted(List<PathEvent> events) implements PathDecision {

		public Accepted {
			events = List.copyOf(events);
		}

	}

}
