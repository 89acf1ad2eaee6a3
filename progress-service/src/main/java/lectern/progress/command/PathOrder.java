package lectern.progress.command;

import java.time.Instant;

import lectern.progress.model.PathCommand;
import lectern.progress.path.Standing;

/** Makes a command on a path, each time that it is tried. */
@FunctionalInterface
interface PathOrder {

	/**
	 * The command.
	 * @param receivedAt now
	 * @param standing what it is decided on
	 */
	PathCommand command(Instant receivedAt, Standing standing);

}
