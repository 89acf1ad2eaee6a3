package lectern.progress.command;

import java.time.Instant;

import lectern.progress.model.ReadingCommand;

/** Makes a command, each time that it is tried. */
@FunctionalInterface
interface CommandFactory {

	/**
	 * The command.
	 * @param receivedAt now
	 */
	ReadingCommand create(Instant receivedAt);

}
