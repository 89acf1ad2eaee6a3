package lectern.progress.eventlog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.r2dbc.spi.R2dbcException;
import lectern.progress.eventlog.AppendOutcome.Committed;
import lectern.progress.eventlog.AppendOutcome.Rejected;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Writes batches of appends to PostgreSQL, each batch in one transaction and one round
 * trip. The function {@code append_batch} of the database does the work (ADR 18).
 */
@Repository
class PostgresAppendBatchWriter implements AppendBatchWriter {

	private final DatabaseClient database;

	PostgresAppendBatchWriter(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * An append that PostgreSQL cannot store makes its whole transaction fail. Then each
	 * append is written alone, so that the invalid one only delays the others.
	 */
	@Override
	public Mono<List<AppendOutcome>> commit(List<Append> batch) {
		Mono<List<AppendOutcome>> outcomes = write(batch);
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
		return failure instanceof DataIntegrityViolationException || failure instanceof BadSqlGrammarException
				|| exceedsLimit(failure);
	}

	/** Class 54 of SQLSTATE, such as a value that is too long for an index. */
	private static boolean exceedsLimit(Throwable failure) {
		return failure.getCause() instanceof R2dbcException cause && cause.getSqlState() != null
				&& cause.getSqlState().startsWith("54");
	}

	private static Mono<List<AppendOutcome>> rejected(Throwable failure) {
		return Mono.just(List.of(new Rejected((RuntimeException) failure)));
	}

	/**
	 * One statement is a transaction of its own, without further round trips to begin and
	 * commit it. It is cached so that cancellation does not stop it: then only the
	 * outcomes are dropped. The outcomes come after the commit: the statement completes
	 * when the database is ready for the next one.
	 */
	private Mono<List<AppendOutcome>> write(List<Append> batch) {
		return Mono.defer(() -> BatchStatement.of(batch, this.database)
			.map((row) -> outcomes(batch, new Cursor(required(row, 0, String.class), required(row, 1, Long.class)),
					required(row, 2, OffsetDateTime.class).toInstant(), required(row, 3, Integer[].class),
					row.get(4, String[].class)))
			.all()
			.single()
			.cache());
	}

	/**
	 * The outcomes of a batch.
	 * @param before the cursor of the last event before the batch
	 * @param verdicts 0 for each append that is stored
	 * @param holders the stream that has what an append claims; null for a batch without
	 * claims
	 */
	private static List<AppendOutcome> outcomes(List<Append> batch, Cursor before, Instant receivedAt,
			Integer[] verdicts, String @Nullable [] holders) {
		List<AppendOutcome> outcomes = new ArrayList<>(batch.size());
		Cursor last = before;
		for (Append append : batch) {
			int number = outcomes.size();
			switch (verdicts[number]) {
				case 0 -> {
					AppendResult result = append.result(last, receivedAt);
					last = result.cursor();
					outcomes.add(new Committed(result));
				}
				case 1 ->
					outcomes.add(new Rejected(new VersionConflictException(append.stream(), append.expectedVersion())));
				case 2 -> outcomes.add(new Rejected(new DuplicateCommandException()));
				case 4 -> outcomes.add(new Rejected(new ReaderErasedException()));
				default -> outcomes
					.add(new Rejected(new StreamClaimedException(Objects.requireNonNull(append.claim()).reader(),
							Objects.requireNonNull(holders)[number])));
			}
		}
		return outcomes;
	}

}
