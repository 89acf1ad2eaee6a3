package lectern.progress.query;

import java.util.List;
import java.util.Optional;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamSlice;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Snapshots of readings at each checkpoint of their streams, which
 * {@link ReadingProjection} takes. They only make queries of the past faster: where a
 * snapshot is missing, the log is read further.
 */
@Repository
class ReadingSnapshots {

	private final DatabaseClient database;

	private final EventLog log;

	private final JsonMapper mapper;

	ReadingSnapshots(DatabaseClient database, EventLog log, JsonMapper mapper) {
		this.database = database;
		this.log = log;
		// A later version of the service may have written the row.
		this.mapper = mapper.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
	}

	/**
	 * Compute a reading as it was at a position of the log.
	 * @return cold; empty if the reading had not started, or belongs to another reader
	 */
	Mono<ReadingDocument> findAt(String reader, String stream, long position) {
		return findBounds(reader, stream, position)
			.flatMap(
					(bounds) -> this.log.load(new StreamSlice(stream, bounds.version(), bounds.nextVersion(), position))
						.filter((event) -> event.reader().equals(reader))
						.reduce(Optional.ofNullable(bounds.document()),
								(document, event) -> Optional.of(ReadingDocument.evolve(document.orElse(null), event))))
			.flatMap(Mono::justOrEmpty);
	}

	/**
	 * Find the newest snapshot that is not after a position, and the version of the next
	 * one.
	 */
	private Mono<SnapshotBounds> findBounds(String reader, String stream, long position) {
		return this.database.sql("""
				select newest.document::text as document, coalesce(newest.version, 0) as version,
				       coalesce(next.version, 2147483647) as next
				from (select 1) as one
				left join lateral (
				    select document, version from reading_snapshot
				    where stream = :stream and reader = :reader and position <= :position
				    order by position desc limit 1) as newest on true
				left join lateral (
				    select version from reading_snapshot
				    where stream = :stream and position > :position order by position limit 1) as next on true
				""")
			.bind("stream", stream)
			.bind("reader", reader)
			.bind("position", position)
			.map((row) -> new SnapshotBounds(read(row.get("document", String.class)),
					required(row, "version", Integer.class), required(row, "next", Integer.class)))
			.one();
	}

	/**
	 * Store snapshots. One that exists is kept.
	 * @param snapshots not empty
	 * @return cold
	 */
	Mono<Void> store(List<Snapshot> snapshots) {
		return this.database.sql("""
				insert into reading_snapshot (stream, position, version, reader, document)
				select stream, position, version, reader, document::jsonb
				from unnest(:streams, :positions, :versions, :readers, :documents)
				    as snapshot (stream, position, version, reader, document)
				on conflict (stream, position) do nothing
				""")
			.bind("streams", snapshots.stream().map((snapshot) -> snapshot.event().stream()).toArray(String[]::new))
			.bind("positions", snapshots.stream().map((snapshot) -> snapshot.event().position()).toArray(Long[]::new))
			.bind("versions", snapshots.stream().map((snapshot) -> snapshot.event().version()).toArray(Integer[]::new))
			.bind("readers", snapshots.stream().map((snapshot) -> snapshot.event().reader()).toArray(String[]::new))
			.bind("documents",
					snapshots.stream()
						.map((snapshot) -> this.mapper.writeValueAsString(snapshot.document()))
						.toArray(String[]::new))
			.then();
	}

	/** Delete the snapshots of a reader's readings; cold. */
	Mono<Void> erase(String reader) {
		return this.database.sql("delete from reading_snapshot where reader = :reader").bind("reader", reader).then();
	}

	private @Nullable ReadingDocument read(@Nullable String json) {
		return (json != null) ? this.mapper.readValue(json, ReadingDocument.class) : null;
	}

	/**
	 * The snapshots of a stream around a position.
	 *
	 * @param document the newest snapshot before it; null if there is none
	 * @param version the version of that snapshot, or 0
	 * @param nextVersion the version of the next snapshot
	 */
	private record SnapshotBounds(@Nullable ReadingDocument document, int version, int nextVersion) {
	}

	/** A reading after the event of a checkpoint. */
	record Snapshot(StoredEvent event, ReadingDocument document) {
	}

}
