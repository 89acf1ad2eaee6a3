package lectern.progress.command;

import org.jspecify.annotations.Nullable;

/**
 * A command of a list that was not executed.
 *
 * @param number the number of its line, from 1
 * @param key its idempotency key; null if the line has none
 * @param reason why it was refused
 */
record RefusedCommand(int number, @Nullable String key, Throwable reason) implements ListedCommand {

}
