package lectern.progress.model;

import java.util.List;

/** The answer to a command on a path: what happens, or why nothing does. */
public sealed interface PathDecision permits PathDecision.Accepted, PathRejection {

	/**
	 * The command is obeyed.
	 *
	 * @param events what happens now, in order; none when it is in effect already
	 */
	record Accepted(List<PathEvent> events) implements PathDecision {

		public Accepted {
			events = List.copyOf(events);
		}

	}

}
