package lectern.progress.projection;

import java.util.List;

import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.StoredEvent;
import reactor.core.publisher.Mono;

/** Applies every event of the log, usually to the tables of a read model. */
public interface Projection {

	/** The name under which the position is stored; also the tag of its lag meter. */
	String name();

	/**
	 * Apply events, in the order of the log. Applying an event again must change nothing.
	 * @return cold; for a read model run in the transaction that stores the position,
	 * together with other projections
	 */
	Mono<Void> apply(List<StoredEvent> events);

	/**
	 * Delete what is stored of a reader. The events of the reader have been applied and
	 * are stubs now. Deleting again must change nothing.
	 * @return cold; not run in the transaction of a position
	 */
	Mono<Void> erase(ErasedReader reader);

}
