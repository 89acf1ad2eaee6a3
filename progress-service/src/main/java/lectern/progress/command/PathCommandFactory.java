package lectern.progress.command;

import java.time.Instant;

import lectern.progress.model.PathCommand;
import lectern.progress.pathprogress.PathState;

/** Makes a command on a path, each time that it is tried. */
@FunctionalInterface
interface PathCommandFactory {

	/**
	 * The command.
	 * @param receivedAt now
	 * @param standing what it is decided on
	 */
	PathCommand create(Instant receivedAt, PathState standing);

}
