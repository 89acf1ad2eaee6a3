package lectern.progress.live;

import org.jspecify.annotations.Nullable;

import lectern.progress.log.RawEvent;
import lectern.progress.path.PathDocument;

/**
 * An event of a reader that is played back.
 *
 * @param stored as it is in the log
 * @param path how the reader stood on the path that it is about; null if it is about a
 * reading
 */
record PlayedEvent(RawEvent stored, @Nullable PathDocument path) {

}
