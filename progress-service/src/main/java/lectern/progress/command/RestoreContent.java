package lectern.progress.command;

import jakarta.validation.constraints.NotNull;

import lectern.web.Text;

/**
 * What is sent to restore a position. The constraints hold for what has passed
 * validation.
 *
 * @param to when the reading was where it should be again: a cursor or an instant
 */
record RestoreContent(@NotNull(message = "is missing") @Text(max = 100) String to) {

}
