package lectern.progress.stream;

import lectern.progress.eventlog.RawEvent;
import lectern.progress.pathprogress.PathStateDocument;
import org.jspecify.annotations.Nullable;

/**
 * An event of a reader for a replay.
 *
 * @param stored the event as the log has it
 * @param path the state of the path that the event is about; null if it is about a
 * reading
 */
record ReplayEvent(RawEvent stored, @Nullable PathStateDocument path) {

}
