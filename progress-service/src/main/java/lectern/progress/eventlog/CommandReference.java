package lectern.progress.eventlog;

import lectern.streaming.log.Cursor;

/**
 * The events of an earlier command, from which its response can be created again.
 *
 * @param stream the stream
 * @param version the version of the stream after the command
 * @param eventCount the number of its events; 0 if it changed nothing
 * @param cursor the cursor of the event with that version
 */
public record CommandReference(String hash, String stream, int version, int eventCount,
		Cursor cursor) implements StoredCommand {

}
