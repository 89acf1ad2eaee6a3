package lectern.catalog.change;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import lectern.streaming.postgreslog.AppendMeters;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.streaming.postgreslog.PostgresLogHead.PositionRange;
import lectern.streaming.postgreslog.UncancellableTransactions;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/**
 * The change log of the catalog, and the exclusive transactions in which all writes run.
 *
 * <p>
 * A write locks the head of the log from its first read to its commit. Nothing that it
 * decides on can change meanwhile, not even rows that do not exist yet, which row locks
 * would not cover. As there is only one lock, there is no lock order that could be
 * violated. The price is one writer at a time. A catalog can afford this: a curator's
 * write takes milliseconds, and an import commits in batches (ADR 2).
 */
@Component
public class ChangeLog {

	/** The table of the changes. */
	static final String TABLE = "change";

	private static final Duration TIMEOUT = Duration.ofSeconds(6);

	private final DatabaseClient database;

	private final PostgresLogHead head;

	private final UncancellableTransactions transactions;

	private final AppendMeters meters;

	ChangeLog(DatabaseClient database, PostgresLogHead head, UncancellableTransactions transactions,
			MeterRegistry registry) {
		this.database = database;
		this.head = head;
		this.transactions = transactions;
		this.meters = new AppendMeters(registry);
	}

	/**
	 * Run a write in a transaction that excludes all other writes of the catalog. Within
	 * such a transaction, join it.
	 * @param write reads, decides and writes
	 * @return cold; the result of the write; fails with its error, or after 6 s with a
	 * timeout, and then nothing was written
	 */
	public <T> Mono<T> inExclusiveTransaction(Mono<T> write) {
		return Mono.defer(() -> {
			Timer.Sample sample = Timer.start();
			Mono<T> transaction = this.database.sql("select position from log_head for update")
				.map((row) -> required(row, "position", Long.class))
				.one()
				.then(write);
			return this.transactions.run(transaction)
				.timeout(TIMEOUT)
				.doOnSuccess((_) -> this.meters.committed(sample))
				.doOnError((failure) -> !(failure instanceof Problem), this.meters::failed);
		});
	}

	/** Reserve the next positions in the log, in the current transaction; cold. */
	public Mono<PositionRange> reserve(int count) {
		return this.head.reserve(count);
	}

	/**
	 * Append changes at the positions reserved for them, in the same transaction.
	 * @param changes as many as there are positions, at least one
	 * @return cold; the cursor of the last change
	 */
	public Mono<Cursor> append(PositionRange positions, List<? extends CatalogChange> changes) {
		long first = positions.first().position();
		// The documents are the lines of one parameter: in an array each of their quotes
		// would have to be escaped.
		return this.database.sql("""
				insert into change (position, type, subject, version, received_at, data)
				select :first + ordinal - 1, type, subject, version, :receivedAt, data::json
				from rows from (unnest(:types::text[]), unnest(:subjects::text[]), unnest(:versions::bigint[]),
					string_to_table(:data, chr(10))) with ordinality as added (type, subject, version, data, ordinal)
				""")
			.bind("first", first)
			.bind("receivedAt", positions.receivedAt().atOffset(ZoneOffset.UTC))
			.bind("types", changes.stream().map(CatalogChange::type).toArray(String[]::new))
			.bind("subjects", changes.stream().map(CatalogChange::subject).toArray(String[]::new))
			.bind("versions", changes.stream().map(CatalogChange::version).toArray(Long[]::new))
			.bind("data", changes.stream().map(CatalogChange::data).collect(Collectors.joining("\n")))
			.fetch()
			.rowsUpdated()
			.doOnNext(this.meters::recordBatch)
			.thenReturn(positions.first().at(first + changes.size() - 1));
	}

	/** The cursor of the last committed change; cold. */
	public Mono<Cursor> cursor() {
		return this.head.cursor();
	}

	/** A reader of all changes. */
	EventReader<CatalogChange> readAll() {
		return (after, upTo, limit) -> this.database.sql("""
				select position, type, subject, version, received_at, data from change
				where position > :after and position <= :upTo order by position limit :limit
				""").bind("after", after).bind("upTo", upTo).bind("limit", limit).map(ChangeLog::envelope).all();
	}

	/** A reader of the changes of a book and of a path that have this id. */
	EventReader<CatalogChange> readBySubject(String subject) {
		return (after, upTo, limit) -> this.database.sql("""
				select position, type, subject, version, received_at, data from change
				where subject = :subject and position > :after and position <= :upTo order by position limit :limit
				""")
			.bind("subject", subject)
			.bind("after", after)
			.bind("upTo", upTo)
			.bind("limit", limit)
			.map(ChangeLog::envelope)
			.all();
	}

	private static EventEnvelope<CatalogChange> envelope(Readable row) {
		CatalogChange change = CatalogChange.of(required(row, "type", String.class),
				required(row, "subject", String.class), required(row, "version", Long.class),
				required(row, "data", String.class));
		return new EventEnvelope<>(required(row, "position", Long.class),
				required(row, "received_at", OffsetDateTime.class).toInstant(), change);
	}

}
