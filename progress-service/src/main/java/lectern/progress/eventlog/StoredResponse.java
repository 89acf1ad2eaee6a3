package lectern.progress.eventlog;

import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The response to an earlier command, stored as it was.
 *
 * @param text the response of its {@link IdempotencyRecord}
 * @param cursor the cursor of the last event of the command; null if the command has no
 * event, or if an earlier release stored it
 */
public record StoredResponse(String hash, String text, @Nullable Cursor cursor) implements StoredCommand {

}
