package lectern.progress.stream;

import lectern.progress.eventlog.RawEvent;
import lectern.progress.pathprogress.PathStateDocument;
import org.jspecify.annotations.Nullable;

/**
 * An event of a reader that is played back.
 *
 * @param stored as it is in the log
 * @param path how the reader stood on the path that it is about; null if it is about a
 * reading
 */
record ReplayEvent(RawEvent stored, @Nullable PathStateDocument path) {

}
