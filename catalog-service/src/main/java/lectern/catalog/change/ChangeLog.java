package lectern.catalog.change;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import lectern.streaming.postgreslog.LogMeter;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.streaming.postgreslog.PostgresLogHead.PositionRange;
import lectern.streaming.postgreslog.UncancellableTransactions;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * The log of the catalog, and the turn that every write of the catalog takes.
 *
 * <p>
 * A write holds the head of the log from its first read to its commit. So it decides on
 * what nobody else can change meanwhile, also on what is not there yet, which no row lock
 * would hold; and as there is one lock, there is no order of locks to get wrong. The
 * price is one writer at a time, which a catalog can afford: a curator's write takes
 * milliseconds, and an import commits in batches.
 */
@Component
public class ChangeLog {

	/** Where the changes are. */
	static final String TABLE = "change";

	private static final Duration TIMEOUT = Duration.ofSeconds(6);

	private final DatabaseClient database;

	private final PostgresLogHead head;

	private final UncancellableTransactions transactions;

	private final Timer duration;

	private final DistributionSummary batch;

	ChangeLog(DatabaseClient database, PostgresLogHead head, UncancellableTransactions transactions,
			MeterRegistry registry) {
		this.database = database;
		this.head = head;
		this.transactions = transactions;
		this.duration = Timer.builder(LogMeter.APPEND_DURATION.meterName())
			.publishPercentileHistogram()
			.register(registry);
		this.batch = registry.summary(LogMeter.APPEND_BATCH.meterName());
	}

	/**
	 * Read, decide and write in one transaction, with no other write of the catalog in
	 * between. Within another turn it is a part of that one.
	 * @return cold; fails with what the write fails with, and then nothing was written
	 */
	public <T> Mono<T> inExclusiveTransaction(Mono<T> write) {
		return Mono.defer(() -> {
			Timer.Sample sample = Timer.start();
			Mono<T> turn = this.database.sql("select position from log_head for update")
				.map((row) -> row.get("position", Long.class))
				.one()
				.then(write);
			return this.transactions.run(turn).timeout(TIMEOUT).doOnSuccess((_) -> sample.stop(this.duration));
		});
	}

	/** The next places in the log, for the turn that is being taken; cold. */
	public Mono<PositionRange> reserve(int count) {
		return this.head.reserve(count);
	}

	/**
	 * Write changes into the places reserved for them, within the same turn.
	 * @param changes as many as there are places, at least one
	 * @return cold; the cursor of the last
	 */
	public Mono<Cursor> append(PositionRange places, List<? extends CatalogChange> changes) {
		long first = places.first().position();
		// Documents come as lines of one text: in an array each of their quotes would be
		// escaped.
		return this.database.sql("""
				insert into change (position, type, subject, version, received_at, data)
				select :first + place - 1, type, subject, version, :receivedAt, data::json
				from rows from (unnest(:types::text[]), unnest(:subjects::text[]), unnest(:versions::bigint[]),
					string_to_table(:data, chr(10))) with ordinality as added (type, subject, version, data, place)
				""")
			.bind("first", first)
			.bind("receivedAt", places.receivedAt().atOffset(ZoneOffset.UTC))
			.bind("types", changes.stream().map(CatalogChange::type).toArray(String[]::new))
			.bind("subjects", changes.stream().map(CatalogChange::subject).toArray(String[]::new))
			.bind("versions", changes.stream().map(CatalogChange::version).toArray(Long[]::new))
			.bind("data", changes.stream().map(CatalogChange::data).collect(Collectors.joining("\n")))
			.fetch()
			.rowsUpdated()
			.doOnNext(this.batch::record)
			.thenReturn(places.first().at(first + changes.size() - 1));
	}

	/** The cursor of the last committed change; cold. */
	public Mono<Cursor> cursor() {
		return this.head.cursor();
	}

	/** All changes. */
	EventReader<CatalogChange> readAll() {
		return (after, upTo, limit) -> this.database.sql("""
				select position, type, subject, version, received_at, data from change
				where position > :after and position <= :upTo order by position limit :limit
				""").bind("after", after).bind("upTo", upTo).bind("limit", limit).map(ChangeLog::envelope).all();
	}

	/** The changes of one book; those of a path of the same name are among them. */
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
		CatalogChange change = CatalogChange.of(row.get("type", String.class), row.get("subject", String.class),
				row.get("version", Long.class), row.get("data", String.class));
		return new EventEnvelope<>(row.get("position", Long.class),
				row.get("received_at", OffsetDateTime.class).toInstant(), change);
	}

}
