package lectern.progress.command;

import java.time.Instant;

import lectern.web.Problem;

/**
 * Creates a command for each attempt to handle it.
 *
 * @param <S> the state on which the command will be decided
 * @param <C> the commands
 */
@FunctionalInterface
interface CommandFactory<S, C> {

	/**
	 * Create the command.
	 * @param receivedAt the current time
	 * @param state the state on which the command will be decided
	 * @throws Problem if the command is not allowed in this state
	 */
	C create(Instant receivedAt, S state);

}
