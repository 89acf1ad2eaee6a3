package lectern.progress.command;

import java.time.Instant;

import lectern.progress.model.PathCommand;
import lectern.progress.pathprogress.PathState;

/** Creates a command on a path for each attempt to handle it. */
@FunctionalInterface
interface PathCommandFactory {

	/**
	 * Create the command.
	 * @param receivedAt the current time
	 * @param state the state on which the command will be decided
	 */
	PathCommand create(Instant receivedAt, PathState state);

}
