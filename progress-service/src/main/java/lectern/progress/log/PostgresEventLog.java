package lectern.progress.log;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import lectern.streaming.postgres.Transactions;
import lectern.streaming.postgres.LogMeter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import lectern.streaming.Cursor;
import lectern.streaming.EventSource;
import lectern.streaming.postgres.PostgresLogHead;
import lectern.streaming.postgres.PostgresLogHead.Places;

/** The log in PostgreSQL: a row an event, ordered by the positions of its head. */
@Repository
class PostgresEventLog implements EventLog {

	private static final String COLUMNS = """
			select position, stream, version, reader, type, book, occurred_at, received_at, data::text as data
			from event
			""";

	private final DatabaseClient database;

	private final Transactions transactions;

	private final PostgresLogHead head;

	private final EventTypes types;

	private final Timer duration;

	private final DistributionSummary batch;

	PostgresEventLog(DatabaseClient database, Transactions transactions, PostgresLogHead head, EventTypes types,
			MeterRegistry registry) {
		this.database = database;
		this.transactions = transactions;
		this.head = head;
		this.types = types;
		this.duration = Timer.builder(LogMeter.APPEND_DURATION.meterName())
			.publishPercentileHistogram()
			.register(registry);
		this.batch = DistributionSummary.builder(LogMeter.APPEND_BATCH.meterName()).register(registry);
	}

	@Override
	public Flux<StoredEvent> load(String stream) {
		return this.database.sql(COLUMNS + "where stream = :stream order by version")
			.bind("stream", stream)
			.map(this::event)
			.all();
	}

	@Override
	public Mono<Appended> append(String stream, int expectedVersion, List<NewEvent> events) {
		return Mono.defer(() -> {
			if (events.isEmpty()) {
				return Mono.error(new IllegalArgumentException("There is nothing to append"));
			}
			Timer.Sample sample = Timer.start();
			return this.transactions.run(insert(stream, expectedVersion, events)).doOnNext((_) -> {
				sample.stop(this.duration);
				this.batch.record(events.size());
			});
		}).onErrorMap(DuplicateKeyException.class, (_) -> new VersionConflict(stream, expectedVersion));
	}

	private Mono<Appended> insert(String stream, int expectedVersion, List<NewEvent> events) {
		// Encoded before the head is locked: what fails here holds nobody up.
		List<String> data = events.stream().map(NewEvent::payload).map(this.types::write).toList();
		return this.head.reserve(events.size()).flatMap((places) -> {
			List<StoredEvent> stored = IntStream.range(0, events.size())
				.mapToObj((index) -> stored(stream, expectedVersion + 1 + index, events.get(index), places, index))
				.toList();
			return insert(stream, expectedVersion, stored, data).flatMap((rows) -> (rows == stored.size())
					? Mono.just(new Appended(places.first().at(stored.getLast().position()), stored))
					: Mono.error(new VersionConflict(stream, expectedVersion)));
		});
	}

	private StoredEvent stored(String stream, int version, NewEvent event, Places places, int index) {
		return new StoredEvent(places.first().position() + index, stream, version, event.reader(),
				this.types.name(event.payload()), event.book(), event.occurredAt(), places.receivedAt(),
				event.payload());
	}

	/**
	 * One statement however many events. It sees every earlier append, since the head's
	 * lock came first; so the version it compares is the last, also when too high a one
	 * is expected, which no unique key would notice.
	 */
	private Mono<Long> insert(String stream, int expectedVersion, List<StoredEvent> events, List<String> data) {
		GenericExecuteSpec insert = this.database.sql("""
				insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data)
				select position, :stream, version, reader, type, book, occurred_at, received_at, data::jsonb
				from unnest(:positions, :versions, :readers, :types, :books, :occurred, :received, :data)
					as added (position, version, reader, type, book, occurred_at, received_at, data)
				where (select coalesce(max(version), 0) from event where stream = :stream) = :expected
				""")
			.bind("stream", stream)
			.bind("expected", expectedVersion)
			.bind("positions", column(events, StoredEvent::position).toArray(Long[]::new))
			.bind("versions", column(events, StoredEvent::version).toArray(Integer[]::new))
			.bind("readers", column(events, StoredEvent::reader).toArray(String[]::new))
			.bind("types", column(events, StoredEvent::type).toArray(String[]::new))
			.bind("books", column(events, StoredEvent::book).toArray(String[]::new))
			.bind("occurred",
					column(events, (event) -> event.occurredAt().atOffset(ZoneOffset.UTC))
						.toArray(OffsetDateTime[]::new))
			.bind("received",
					column(events, (event) -> event.receivedAt().atOffset(ZoneOffset.UTC))
						.toArray(OffsetDateTime[]::new))
			.bind("data", data.toArray(String[]::new));
		return insert.fetch().rowsUpdated();
	}

	private static <T> List<T> column(List<StoredEvent> events, Function<StoredEvent, T> value) {
		return events.stream().map(value).toList();
	}

	@Override
	public Mono<Cursor> cursor() {
		return this.head.cursor();
	}

	@Override
	public EventSource<StoredEvent> all() {
		return (after, upTo, limit) -> this.database.sql(COLUMNS + """
				where position > :after and position <= :upTo order by position limit :limit
				""")
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map((row) -> event(row).entry())
			.all();
	}

	@Override
	public EventSource<StoredEvent> of(String reader) {
		return (after, upTo, limit) -> this.database.sql(COLUMNS + """
				where reader = :reader and position > :after and position <= :upTo order by position limit :limit
				""")
			.bind("reader", reader)
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map((row) -> event(row).entry())
			.all();
	}

	private StoredEvent event(Readable row) {
		String type = row.get("type", String.class);
		return new StoredEvent(row.get("position", Long.class), row.get("stream", String.class),
				row.get("version", Integer.class), row.get("reader", String.class), type, row.get("book", String.class),
				row.get("occurred_at", OffsetDateTime.class).toInstant(),
				row.get("received_at", OffsetDateTime.class).toInstant(),
				this.types.read(type, row.get("data", String.class)));
	}

}
