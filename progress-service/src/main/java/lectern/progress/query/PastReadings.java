package lectern.progress.query;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingStatus;

/** The readings of each reader as they stood at any time. */
@Repository
class PastReadings {

	/** So many readings of one list are looked at together. */
	private static final int TOGETHER = 4;

	private static final int PAGE = 200;

	private final DatabaseClient database;

	private final ReadingSnapshots snapshots;

	private final OccurredReadings occurred;

	PastReadings(DatabaseClient database, ReadingSnapshots snapshots, OccurredReadings occurred) {
		this.database = database;
		this.snapshots = snapshots;
		this.occurred = occurred;
	}

	/**
	 * A reader's readings that had begun by then, by id; cold.
	 * @param status null for all
	 * @param after the id before the first one wanted; null to begin
	 */
	Mono<List<ReadingDocument>> list(String reader, Vantage vantage, @Nullable ReadingStatus status,
			@Nullable UUID after, int limit) {
		return begun(reader, vantage.cursor().position(), (after != null) ? after.toString() : "")
			.flatMapSequential((stream) -> at(reader, stream, vantage), TOGETHER, 1)
			.filter((reading) -> status == null || reading.status() == status)
			.take(limit)
			.collectList();
	}

	/** One reading; cold, empty if it had not begun by then. */
	Mono<ReadingDocument> find(String reader, UUID reading, Vantage vantage) {
		return at(reader, reading.toString(), vantage);
	}

	private Mono<ReadingDocument> at(String reader, String stream, Vantage vantage) {
		long position = vantage.cursor().position();
		Instant until = vantage.until();
		return (until == null) ? this.snapshots.at(reader, stream, position)
				: this.occurred.at(reader, stream, until, position);
	}

	/** Page by page, since each of them is asked about while the others wait. */
	private Flux<String> begun(String reader, long position, String after) {
		return this.database.sql("""
				select stream from event
				where reader = :reader and type = 'reading-started' and stream > :after and position <= :position
				order by stream limit :limit
				""")
			.bind("reader", reader)
			.bind("after", after)
			.bind("position", position)
			.bind("limit", PAGE)
			.map((row) -> row.get("stream", String.class))
			.all()
			.collectList()
			.flatMapMany((page) -> (page.size() < PAGE) ? Flux.fromIterable(page)
					: Flux.fromIterable(page).concatWith(Flux.defer(() -> begun(reader, position, page.getLast()))));
	}

}
