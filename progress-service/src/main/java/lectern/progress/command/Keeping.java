package lectern.progress.command;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import lectern.progress.log.Appended;
import lectern.progress.log.Receipt;

/**
 * How the answer to a command is kept by the log, if it is.
 *
 * @param <O> what a command leads to
 */
@FunctionalInterface
interface Keeping<O> {

	/** For all commands but reports. */
	Duration WEEK = Duration.ofDays(7);

	/**
	 * The receipt that is to be appended with what the command leads to.
	 * @param keptFor at least so long; null for as long as the log
	 * @param outcome what the command has led to once something is appended
	 * @return null if the command came without a key
	 */
	@Nullable Receipt receipt(@Nullable Duration keptFor, Function<Appended, O> outcome);

}
