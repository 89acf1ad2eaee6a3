package lectern.progress.eventlog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import lectern.progress.eventlog.AppendOutcome.Committed;
import lectern.progress.eventlog.AppendOutcome.Rejected;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.streaming.postgreslog.UncancellableTransactions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** Writes batches of appends to PostgreSQL, each batch in one transaction. */
@Repository
class PostgresAppendBatchWriter implements AppendBatchWriter {

	private final DatabaseClient database;

	private final UncancellableTransactions transactions;

	private final PostgresLogHead head;

	PostgresAppendBatchWriter(DatabaseClient database, UncancellableTransactions transactions, PostgresLogHead head) {
		this.database = database;
		this.transactions = transactions;
		this.head = head;
	}

	/**
	 * An append that PostgreSQL cannot store makes its whole transaction fail. Then each
	 * append is written alone, so that the invalid one only delays the others.
	 */
	@Override
	public Mono<List<AppendOutcome>> commit(List<Append> batch) {
		Mono<List<AppendOutcome>> outcomes = this.transactions.run(write(batch));
		return (batch.size() == 1)
				? outcomes.onErrorResume(PostgresAppendBatchWriter::isInvalidData, PostgresAppendBatchWriter::rejected)
				: outcomes.onErrorResume(PostgresAppendBatchWriter::isInvalidData, (_) -> commitOneByOne(batch));
	}

	private Mono<List<AppendOutcome>> commitOneByOne(List<Append> batch) {
		return Flux.fromIterable(batch)
			.concatMap((append) -> commit(List.of(append)))
			.flatMapIterable(Function.identity())
			.collectList();
	}

	/** Excludes lost connections, after which the batch may have been committed. */
	private static boolean isInvalidData(Throwable failure) {
		return failure instanceof DataIntegrityViolationException || failure instanceof BadSqlGrammarException;
	}

	private static Mono<List<AppendOutcome>> rejected(Throwable failure) {
		return Mono.just(List.of(new Rejected((RuntimeException) failure)));
	}

	/**
	 * Locks the head first and reserves positions for the whole batch, so that the
	 * versions and keys that are read afterwards cannot change until the commit. The
	 * positions that rejected appends do not need are released.
	 */
	private Mono<List<AppendOutcome>> write(List<Append> batch) {
		int count = batch.stream().mapToInt((append) -> append.events().size()).sum();
		return this.head.reserve(count)
			.flatMap((range) -> currentVersions(batch)
				.flatMap((versions) -> existingKeys(batch)
					.map((usedKeys) -> new BatchResolver(range, versions, usedKeys).resolve(batch)))
				.flatMap((outcomes) -> write(outcomes, count)));
	}

	/** Reads only the last index entry of each stream, however long the stream is. */
	private Mono<Map<String, Integer>> currentVersions(List<Append> batch) {
		return this.database.sql("""
				select stream, (select max(version) from event where event.stream = requested.stream) as version
				from unnest(:streams) as requested (stream)
				""")
			.bind("streams", batch.stream().map(Append::stream).distinct().toArray(String[]::new))
			.map((row) -> Map.entry(row.get("stream", String.class),
					Objects.requireNonNullElse(row.get("version", Integer.class), 0)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Mono<Set<CommandKey>> existingKeys(List<Append> batch) {
		List<IdempotencyRecord> records = batch.stream()
			.map(Append::idempotencyRecord)
			.filter(Objects::nonNull)
			.toList();
		if (records.isEmpty()) {
			return Mono.just(Set.of());
		}
		return this.database.sql("""
				select reader, key from idempotency_record
				join unnest(:readers, :keys) as requested (reader, key) using (reader, key)
				""")
			.bind("readers", column(records, IdempotencyRecord::reader).toArray(String[]::new))
			.bind("keys", column(records, IdempotencyRecord::key).toArray(String[]::new))
			.map((row) -> new CommandKey(required(row, "reader", String.class), required(row, "key", String.class)))
			.all()
			.collect(Collectors.toSet());
	}

	private Mono<List<AppendOutcome>> write(List<AppendOutcome> outcomes, int reserved) {
		List<Committed> committed = outcomes.stream()
			.filter(Committed.class::isInstance)
			.map(Committed.class::cast)
			.toList();
		int needed = committed.stream().mapToInt((outcome) -> outcome.result().events().size()).sum();
		return insertEvents(committed).then(insertResponses(committed))
			.then((needed < reserved) ? this.head.release(reserved - needed) : Mono.empty())
			.thenReturn(outcomes);
	}

	private Mono<Void> insertEvents(List<Committed> committed) {
		List<StoredEvent> events = committed.stream().flatMap((outcome) -> outcome.result().events().stream()).toList();
		if (events.isEmpty()) {
			return Mono.empty();
		}
		return this.database.sql("""
				insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data)
				select position, stream, version, reader, type, book, occurred_at, received_at, data::jsonb
				from unnest(:positions, :streams, :versions, :readers, :types, :books, :occurred, :received, :data)
					as added (position, stream, version, reader, type, book, occurred_at, received_at, data)
				""")
			.bind("positions", column(events, StoredEvent::position).toArray(Long[]::new))
			.bind("streams", column(events, StoredEvent::stream).toArray(String[]::new))
			.bind("versions", column(events, StoredEvent::version).toArray(Integer[]::new))
			.bind("readers", column(events, StoredEvent::reader).toArray(String[]::new))
			.bind("types", column(events, StoredEvent::type).toArray(String[]::new))
			.bind("books", events.stream().map(StoredEvent::book).toArray(String[]::new))
			.bind("occurred", timestamps(column(events, StoredEvent::occurredAt)))
			.bind("received", timestamps(column(events, StoredEvent::receivedAt)))
			.bind("data",
					committed.stream().flatMap((outcome) -> outcome.append().data().stream()).toArray(String[]::new))
			.then();
	}

	private Mono<Void> insertResponses(List<Committed> committed) {
		List<Committed> withRecord = committed.stream()
			.filter((outcome) -> outcome.append().idempotencyRecord() != null)
			.toList();
		if (withRecord.isEmpty()) {
			return Mono.empty();
		}
		List<IdempotencyRecord> records = withRecord.stream()
			.map((outcome) -> outcome.append().idempotencyRecord())
			.toList();
		return this.database.sql("""
				insert into idempotency_record (reader, key, hash, response, expires_at)
				select reader, key, hash, response, clock_timestamp() + seconds * interval '1 second'
				from unnest(:readers, :keys, :hashes, :responses, :seconds)
					as added (reader, key, hash, response, seconds)
				""")
			.bind("readers", column(records, IdempotencyRecord::reader).toArray(String[]::new))
			.bind("keys", column(records, IdempotencyRecord::key).toArray(String[]::new))
			.bind("hashes", column(records, IdempotencyRecord::hash).toArray(String[]::new))
			.bind("responses", withRecord.stream().map(Committed::response).toArray(String[]::new))
			.bind("seconds", records.stream().map(PostgresAppendBatchWriter::retentionSeconds).toArray(Long[]::new))
			.then();
	}

	private static @Nullable Long retentionSeconds(IdempotencyRecord idempotencyRecord) {
		return (idempotencyRecord.retention() != null) ? idempotencyRecord.retention().toSeconds() : null;
	}

	private static OffsetDateTime[] timestamps(List<Instant> instants) {
		return instants.stream().map((instant) -> instant.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
	}

	private static <T, C> List<C> column(List<T> rows, Function<T, C> value) {
		return rows.stream().map(value).toList();
	}

}
