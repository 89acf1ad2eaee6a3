package lectern.progress.command;

import java.time.Instant;

import lectern.progress.model.ReadingCommand;

/** Creates a command on a reading for each attempt to handle it. */
@FunctionalInterface
interface CommandFactory {

	/**
	 * Create the command.
	 * @param receivedAt the current time
	 */
	ReadingCommand create(Instant receivedAt);

}
