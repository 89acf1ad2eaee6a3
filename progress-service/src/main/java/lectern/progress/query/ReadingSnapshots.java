package lectern.progress.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamSlice;
import lectern.progress.model.ReadingEvent;
import lectern.progress.projection.Projection;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Readings as they were at each of their milestones. Where there is none yet, or none any
 * more, the log is read instead: they make a look at the past quick, not right.
 */
@Repository
class ReadingSnapshots implements Projection {

	/** Without the newest the log is read a little further. */
	private static final Duration THROTTLE = Duration.ofSeconds(1);

	private final DatabaseClient database;

	private final EventLog log;

	private final JsonMapper mapper;

	ReadingSnapshots(DatabaseClient database, EventLog log, JsonMapper mapper) {
		this.database = database;
		this.log = log;
		// A row may have been written by a later version of the service.
		this.mapper = mapper.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
	}

	/**
	 * A reader's reading as it was at a position of the log.
	 * @return cold; empty if it had not begun, or is somebody else's
	 */
	Mono<ReadingDocument> findAt(String reader, String stream, long position) {
		return findBounds(reader, stream, position)
			.flatMap((around) -> fold(reader, around,
					new StreamSlice(stream, around.version(), around.nextVersion(), position)))
			.mapNotNull(CheckpointFold::document);
	}

	private Mono<CheckpointFold> fold(String reader, SnapshotBounds around, StreamSlice stretch) {
		return this.log.load(stretch)
			.filter((event) -> event.reader().equals(reader))
			.collect(() -> new CheckpointFold(around.document()), CheckpointFold::add);
	}

	/** The newest that is not after a position, and where the one after it is. */
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
			.map((row) -> new SnapshotBounds(read(row.get("document", String.class)), row.get("version", Integer.class),
					row.get("next", Integer.class)))
			.one();
	}

	@Override
	public String name() {
		return "reading-snapshot";
	}

	@Override
	public Duration throttle() {
		return THROTTLE;
	}

	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		Map<String, List<StoredEvent>> milestones = new LinkedHashMap<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof ReadingEvent && event.version() % EventLog.CHECKPOINT_INTERVAL == 0) {
				milestones.computeIfAbsent(event.stream(), (_) -> new ArrayList<>()).add(event);
			}
		}
		return Flux.fromIterable(milestones.values()).concatMap(this::takeSnapshots).then();
	}

	/** Those of one stream; what lies between them is read once. */
	private Mono<Void> takeSnapshots(List<StoredEvent> milestones) {
		StoredEvent first = milestones.getFirst();
		return findBounds(first.reader(), first.stream(), first.position() - 1)
			.flatMap((around) -> fold(first.reader(), around,
					new StreamSlice(first.stream(), around.version(), Integer.MAX_VALUE,
							milestones.getLast().position())))
			.flatMap((fold) -> store(fold.checkpoints));
	}

	private Mono<Void> store(List<CheckpointSnapshot> snapshots) {
		return this.database.sql("""
				insert into reading_snapshot (stream, position, version, reader, document)
				select stream, position, version, reader, document::jsonb
				from unnest(:streams, :positions, :versions, :readers, :documents)
				    as taken (stream, position, version, reader, document)
				on conflict (stream, position) do nothing
				""")
			.bind("streams", snapshots.stream().map((taken) -> taken.event().stream()).toArray(String[]::new))
			.bind("positions", snapshots.stream().map((taken) -> taken.event().position()).toArray(Long[]::new))
			.bind("versions", snapshots.stream().map((taken) -> taken.event().version()).toArray(Integer[]::new))
			.bind("readers", snapshots.stream().map((taken) -> taken.event().reader()).toArray(String[]::new))
			.bind("documents",
					snapshots.stream()
						.map((taken) -> this.mapper.writeValueAsString(taken.document()))
						.toArray(String[]::new))
			.then();
	}

	private @Nullable ReadingDocument read(@Nullable String json) {
		return (json != null) ? this.mapper.readValue(json, ReadingDocument.class) : null;
	}

	/**
	 * What is known of a stream around a position.
	 *
	 * @param document the newest; null if there is none
	 * @param version its version, or 0
	 * @param nextVersion the version of the one after it
	 */
	private record SnapshotBounds(@Nullable ReadingDocument document, int version, int nextVersion) {
	}

	/** A reading as an event left it. */
	private record CheckpointSnapshot(StoredEvent event, ReadingDocument document) {
	}

	/** A reading while events are added to it, and the milestones it has passed. */
	private static final class CheckpointFold {

		private final List<CheckpointSnapshot> checkpoints = new ArrayList<>();

		private @Nullable ReadingDocument document;

		CheckpointFold(@Nullable ReadingDocument document) {
			this.document = document;
		}

		void add(StoredEvent event) {
			ReadingDocument after = ReadingDocument.evolve(this.document, event);
			this.document = after;
			if (event.version() % EventLog.CHECKPOINT_INTERVAL == 0) {
				this.checkpoints.add(new CheckpointSnapshot(event, after));
			}
		}

		@Nullable ReadingDocument document() {
			return this.document;
		}

	}

}
