package lectern.progress.command;

import java.time.Instant;
import java.util.List;

import lectern.progress.log.StoredEvent;
import lectern.progress.model.ReadingCommand;

/** Makes a command, each time that it is tried. */
@FunctionalInterface
interface Order {

	/**
	 * The command.
	 * @param receivedAt now
	 * @param past what has happened to the reading; empty before it is started
	 */
	ReadingCommand command(Instant receivedAt, List<StoredEvent> past);

}
