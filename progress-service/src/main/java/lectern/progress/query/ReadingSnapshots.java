package lectern.progress.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import lectern.progress.document.ReadingDocument;
import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.Stretch;
import lectern.progress.model.ReadingEvent;
import lectern.progress.projection.Projection;

/**
 * Readings as they were at each of their milestones. Where there is none yet, or none any
 * more, the log is read instead: they make a look at the past quick, not right.
 */
@Repository
class ReadingSnapshots implements Projection {

	/** Without the newest the log is read a little further. */
	private static final Duration REST = Duration.ofSeconds(1);

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
	Mono<ReadingDocument> at(String reader, String stream, long position) {
		return around(reader, stream, position)
			.flatMap((around) -> fold(reader, around, new Stretch(stream, around.version(), around.next(), position)))
			.mapNotNull(Fold::document);
	}

	private Mono<Fold> fold(String reader, Around around, Stretch stretch) {
		return this.log.load(stretch)
			.filter((event) -> event.reader().equals(reader))
			.collect(() -> new Fold(around.document()), Fold::add);
	}

	/** The newest that is not after a position, and where the one after it is. */
	private Mono<Around> around(String reader, String stream, long position) {
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
			.map((row) -> new Around(read(row.get("document", String.class)), row.get("version", Integer.class),
					row.get("next", Integer.class)))
			.one();
	}

	@Override
	public String name() {
		return "reading-snapshot";
	}

	@Override
	public Duration rest() {
		return REST;
	}

	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		Map<String, List<StoredEvent>> milestones = new LinkedHashMap<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof ReadingEvent && event.version() % EventLog.MILESTONE == 0) {
				milestones.computeIfAbsent(event.stream(), (_) -> new ArrayList<>()).add(event);
			}
		}
		return Flux.fromIterable(milestones.values()).concatMap(this::take).then();
	}

	/** Those of one stream; what lies between them is read once. */
	private Mono<Void> take(List<StoredEvent> milestones) {
		StoredEvent first = milestones.getFirst();
		return around(first.reader(), first.stream(), first.position() - 1)
			.flatMap((around) -> fold(first.reader(), around,
					new Stretch(first.stream(), around.version(), Integer.MAX_VALUE, milestones.getLast().position())))
			.flatMap((fold) -> store(fold.passed));
	}

	private Mono<Void> store(List<Snapshot> snapshots) {
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
	 * @param next the version of the one after it
	 */
	private record Around(@Nullable ReadingDocument document, int version, int next) {
	}

	/** A reading as an event left it. */
	private record Snapshot(StoredEvent event, ReadingDocument document) {
	}

	/** A reading while events are added to it, and the milestones it has passed. */
	private static final class Fold {

		private final List<Snapshot> passed = new ArrayList<>();

		private @Nullable ReadingDocument document;

		Fold(@Nullable ReadingDocument document) {
			this.document = document;
		}

		void add(StoredEvent event) {
			ReadingDocument after = ReadingDocument.after(this.document, event);
			this.document = after;
			if (event.version() % EventLog.MILESTONE == 0) {
				this.passed.add(new Snapshot(event, after));
			}
		}

		@Nullable ReadingDocument document() {
			return this.document;
		}

	}

}
