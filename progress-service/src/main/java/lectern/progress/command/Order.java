package lectern.progress.command;

import java.time.Instant;

import lectern.progress.model.ReadingCommand;

/** Makes a command, each time that it is tried. */
@FunctionalInterface
interface Order {

	/**
	 * The command.
	 * @param receivedAt now
	 */
	ReadingCommand command(Instant receivedAt);

}
