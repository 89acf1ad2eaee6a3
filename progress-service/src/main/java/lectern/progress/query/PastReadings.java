package lectern.progress.query;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import lectern.progress.eventlog.EventsByType;
import lectern.progress.representation.ProgressEventTypes;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Computes readings as they were at a point in time. */
@Component
class PastReadings {

	/** The number of readings of a list that are computed concurrently. */
	private static final int CONCURRENCY = 4;

	private static final int PAGE_SIZE = 200;

	private final EventsByType events;

	private final ReadingSnapshots snapshots;

	private final EventTimeReadings eventTimeReadings;

	PastReadings(EventsByType events, ReadingSnapshots snapshots, EventTimeReadings eventTimeReadings) {
		this.events = events;
		this.snapshots = snapshots;
		this.eventTimeReadings = eventTimeReadings;
	}

	/**
	 * List the readings of a reader that had started and not been removed by then,
	 * ordered by id.
	 * @param status null for all
	 * @param book the id of the book; null for all
	 * @param after only ids above this one; null for the first page
	 * @return cold
	 */
	Mono<List<ReadingDocument>> list(String reader, AsOf asOf, @Nullable ReadingStatus status, @Nullable String book,
			@Nullable UUID after, int limit) {
		return startedStreams(reader, asOf.cursor().position(), (after != null) ? after.toString() : "")
			.flatMapSequential((stream) -> findAt(reader, stream, asOf), CONCURRENCY, 1)
			.filter((reading) -> !reading.wasRemoved())
			.filter((reading) -> status == null || reading.status() == status)
			.filter((reading) -> book == null || reading.book().id().equals(book))
			.take(limit)
			.collectList();
	}

	/**
	 * Find one reading, removed or not.
	 * @return cold; empty if it had not started by then
	 */
	Mono<ReadingDocument> find(String reader, UUID reading, AsOf asOf) {
		return findAt(reader, reading.toString(), asOf);
	}

	private Mono<ReadingDocument> findAt(String reader, String stream, AsOf asOf) {
		long position = asOf.cursor().position();
		Instant until = asOf.until();
		return (until == null) ? this.snapshots.findAt(reader, stream, position)
				: this.eventTimeReadings.findAt(reader, stream, until, position);
	}

	/**
	 * Find the streams page by page, because each needs queries of its own while the
	 * following ones wait.
	 */
	private Flux<String> startedStreams(String reader, long position, String after) {
		return this.events.findStreams(reader, ProgressEventTypes.READING_STARTED, after, position, PAGE_SIZE)
			.collectList()
			.flatMapMany((page) -> (page.size() < PAGE_SIZE) ? Flux.fromIterable(page) : Flux.fromIterable(page)
				.concatWith(Flux.defer(() -> startedStreams(reader, position, page.getLast()))));
	}

}
