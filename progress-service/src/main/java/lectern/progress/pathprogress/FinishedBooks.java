package lectern.progress.pathprogress;

import java.util.Set;

import lectern.progress.eventlog.EventsByType;
import lectern.progress.eventlog.EventsByType.StateTypes;
import lectern.progress.representation.ProgressEventTypes;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Finds the books that readers have finished, directly in the log. */
@Component
public class FinishedBooks {

	private static final StateTypes FINISHED = new StateTypes(ProgressEventTypes.READING_FINISHED,
			ProgressEventTypes.READING_REOPENED);

	private static final StateTypes REMOVED = new StateTypes(ProgressEventTypes.READING_REMOVED,
			ProgressEventTypes.READING_RETURNED);

	private final EventsByType events;

	public FinishedBooks(EventsByType events) {
		this.events = events;
	}

	/**
	 * The books that a reader had finished at a position of the log. A book is finished
	 * if at least one of its readings is finished, not reopened and not removed.
	 * @param upTo the position of the last event to consider
	 * @return cold
	 */
	Mono<FinishedBooksSnapshot> findByReader(String reader, long upTo) {
		return this.events.findBooks(reader, FINISHED, REMOVED, upTo)
			.map((found) -> new FinishedBooksSnapshot(found.books(), found.events()));
	}

	/**
	 * The finished books of a reader.
	 *
	 * @param books the ids of the books
	 * @param changes how often the reader had finished, reopened, removed or returned a
	 * reading
	 */
	record FinishedBooksSnapshot(Set<String> books, long changes) {
	}

}
