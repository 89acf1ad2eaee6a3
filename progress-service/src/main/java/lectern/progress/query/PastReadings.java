package lectern.progress.query;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/** The readings of each reader as they stood at any time. */
@Repository
class PastReadings {

	/** So many readings of one list are looked at together. */
	private static final int CONCURRENCY = 4;

	private static final int PAGE_SIZE = 200;

	private final DatabaseClient database;

	private final ReadingSnapshots snapshots;

	private final EventTimeReadings eventTimeReadings;

	PastReadings(DatabaseClient database, ReadingSnapshots snapshots, EventTimeReadings occurred) {
		this.database = database;
		this.snapshots = snapshots;
		this.eventTimeReadings = occurred;
	}

	/**
	 * A reader's readings that had begun by then, by id; cold.
	 * @param status null for all
	 * @param after the id before the first one wanted; null to begin
	 */
	Mono<List<ReadingDocument>> list(String reader, AsOf vantage, @Nullable ReadingStatus status, @Nullable UUID after,
			int limit) {
		return startedStreams(reader, vantage.cursor().position(), (after != null) ? after.toString() : "")
			.flatMapSequential((stream) -> findAt(reader, stream, vantage), CONCURRENCY, 1)
			.filter((reading) -> status == null || reading.status() == status)
			.take(limit)
			.collectList();
	}

	/** One reading; cold, empty if it had not begun by then. */
	Mono<ReadingDocument> find(String reader, UUID reading, AsOf vantage) {
		return findAt(reader, reading.toString(), vantage);
	}

	private Mono<ReadingDocument> findAt(String reader, String stream, AsOf vantage) {
		long position = vantage.cursor().position();
		Instant until = vantage.until();
		return (until == null) ? this.snapshots.findAt(reader, stream, position)
				: this.eventTimeReadings.findAt(reader, stream, until, position);
	}

	/** Page by page, since each of them is asked about while the others wait. */
	private Flux<String> startedStreams(String reader, long position, String after) {
		return this.database.sql("""
				select stream from event
				where reader = :reader and type = 'reading-started' and stream > :after and position <= :position
				order by stream limit :limit
				""")
			.bind("reader", reader)
			.bind("after", after)
			.bind("position", position)
			.bind("limit", PAGE_SIZE)
			.map((row) -> row.get("stream", String.class))
			.all()
			.collectList()
			.flatMapMany((page) -> (page.size() < PAGE_SIZE) ? Flux.fromIterable(page) : Flux.fromIterable(page)
				.concatWith(Flux.defer(() -> startedStreams(reader, position, page.getLast()))));
	}

}
