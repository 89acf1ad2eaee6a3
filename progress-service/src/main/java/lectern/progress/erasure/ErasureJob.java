package lectern.progress.erasure;

import java.util.UUID;

import lectern.progress.eventlog.ErasedReader;
import org.jspecify.annotations.Nullable;

/**
 * An erasure that is not complete.
 *
 * @param reader whose account is deleted already
 * @param id the id of the account on the list of erasures
 * @param position the position of the log after which the reader has no event
 * @param announcedPosition the position of the event that announces it; null if events of
 * the reader may be left
 */
record ErasureJob(ErasedReader reader, UUID id, long position, @Nullable Long announcedPosition) {

}
