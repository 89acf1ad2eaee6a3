package lectern.progress.eventlog;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.postgreslog.PostgresLogHead;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.BadSqlGrammarException;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class PostgresEventLogIntegrationTests extends EventLogContract {

	private final EventLogFixture fixture = new EventLogFixture(TYPES);

	@Override
	EventLog log() {
		return this.fixture.log;
	}

	@AfterAll
	void close() {
		this.fixture.close();
	}

	@Test
	void clockSetBackKeepsReceivedAtMonotonic() {
		OffsetDateTime ahead = Objects.requireNonNull(this.fixture.database.sql("""
				update log_head set received_at = clock_timestamp() + interval '2 seconds' returning received_at
				""").map((row) -> row.get(0, OffsetDateTime.class)).one().block(HANG_LIMIT));
		assertThat(append(newStream(), 0, "later").events().getFirst().receivedAt()).isEqualTo(ahead.toInstant());
	}

	@Test
	void twoNodesShareVersionsAndKeysWithoutGaps() {
		EventLog other = this.fixture.newNode();
		String stream = newStream();
		long before = Objects.requireNonNull(log().cursor().block(HANG_LIMIT)).position();
		List<String> outcomes = Objects.requireNonNull(
				Flux.range(0, 400)
					.flatMap((number) -> ((number % 2 == 0) ? log() : other)
						.append((number < 200) ? stream : newStream(), 0, List.of(noted("ada", "n" + number)),
								idempotencyRecord((number < 200) ? newStream() : stream + (number - 200) / 20,
										"command"))
						.map((_) -> "committed")
						.onErrorResume((failure) -> Mono.just(failure.getClass().getSimpleName())), 400)
					.collectList()
					.block(HANG_LIMIT));
		assertThat(Collections.frequency(outcomes, "committed")).isEqualTo(1 + 10);
		assertThat(Collections.frequency(outcomes, "VersionConflictException")).isEqualTo(199);
		assertThat(Collections.frequency(outcomes, "DuplicateCommandException")).isEqualTo(190);
		assertThat(log().readAll()
			.read(before, Long.MAX_VALUE, 1000)
			.map(EventEnvelope::position)
			.collectList()
			.block(HANG_LIMIT))
			.containsExactlyElementsOf(LongStream.rangeClosed(before + 1, before + 11).boxed().toList());
	}

	/** Another node reserves a position, holds the lock and is rolled back. */
	@Test
	void appendBehindSlowWriterIsCommitted() {
		Mono<AppendResult> rolledBack = this.fixture.transactions
			.run(new PostgresLogHead(this.fixture.database).reserve(1)
				.then(Mono.delay(Duration.ofSeconds(1)))
				.then(Mono.<AppendResult>error(new IllegalStateException("Roll back"))))
			.onErrorResume(IllegalStateException.class, (_) -> Mono.empty());
		List<AppendResult> committed = Objects.requireNonNull(Flux.merge(rolledBack,
				log().append(newStream(), 0, List.of(noted("ada", "one"))).delaySubscription(Duration.ofMillis(200)))
			.collectList()
			.block(HANG_LIMIT));
		assertThat(committed).hasSize(1);
	}

	/** A NUL character is valid in JSON and in Java, but PostgreSQL rejects it. */
	@Test
	void invalidEventFailsAloneInItsBatch() {
		List<Boolean> stored = Objects
			.requireNonNull(Flux.range(0, 40)
				.flatMapSequential((number) -> log()
					.append(newStream(), 0, List.of(noted("ada", (number % 10 == 7) ? "\0" : "valid")))
					.map((_) -> true)
					.onErrorReturn(BadSqlGrammarException.class, false), 40)
				.collectList()
				.block(HANG_LIMIT));
		for (int number = 0; number < 40; number++) {
			assertThat(stored.get(number)).as("append " + number).isEqualTo(number % 10 != 7);
		}
	}

	/** An index takes at most 2,704 bytes, compressed. */
	@Test
	void tooLongValueFailsAloneInItsBatch() {
		String tooLong = Stream.generate(EventLogTestSupport::newStream).limit(200).collect(Collectors.joining());
		List<Boolean> stored = Objects.requireNonNull(Flux.range(0, 40)
			.flatMapSequential((number) -> log()
				.append(newStream(), 0, List.of(noted((number % 10 == 7) ? tooLong : "ada", "any")))
				.map((_) -> true)
				.onErrorReturn(DataAccessException.class, false), 40)
			.collectList()
			.block(HANG_LIMIT));
		for (int number = 0; number < 40; number++) {
			assertThat(stored.get(number)).as("append " + number).isEqualTo(number % 10 != 7);
		}
	}

	/** A failure of the commit itself comes after the rows of the statement. */
	@Test
	void appendIsAcknowledgedOnlyAfterTheCommit() {
		this.fixture.execute("""
				create function reject() returns trigger language plpgsql as $$
				begin raise exception 'not committed' using errcode = '23000'; end $$
				""");
		this.fixture.execute("""
				create constraint trigger reject after insert on event deferrable initially deferred
				for each row when (new.reader = 'rejected') execute function reject()
				""");
		List<Boolean> stored = Objects.requireNonNull(Flux.range(0, 40)
			.flatMapSequential((number) -> log()
				.append(newStream(), 0, List.of(noted((number % 10 == 7) ? "rejected" : "ada", "any")))
				.map((_) -> true)
				.onErrorReturn(DataIntegrityViolationException.class, false), 40)
			.collectList()
			.block(HANG_LIMIT));
		for (int number = 0; number < 40; number++) {
			assertThat(stored.get(number)).as("append " + number).isEqualTo(number % 10 != 7);
		}
	}

	/** Written by the release before this one, while both run. */
	@Test
	void responseOfEarlierReleaseIsReturnedAsItWas() {
		this.fixture.execute("""
				insert into idempotency_record (reader, key, hash, response, expires_at)
				values ('ada', 'earlier release', 'hash', 'response', null)
				""");
		assertThat(storedCommand("earlier release")).isEqualTo(new StoredResponse("hash", "response", null));
		StepVerifier
			.create(log().append(newStream(), 0, List.of(noted("ada", "again")),
					idempotencyRecord("earlier release", "any")))
			.expectError(DuplicateCommandException.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void openReadingsAreRebuiltFromTheLog() {
		String reader = newStream();
		List<String> streams = List.of(newStream(), newStream(), newStream());
		for (String stream : streams) {
			log().append(stream, 0, List.of(opened(reader))).block(HANG_LIMIT);
		}
		log().append(streams.get(1), 1, List.of(closed(reader))).block(HANG_LIMIT);
		List<String> open = openReadings();
		assertThat(open).contains(streams.get(0), streams.get(2)).doesNotContain(streams.get(1));
		this.fixture.execute("do $$ begin delete from open_reading; perform update_open_readings(0); end $$");
		assertThat(openReadings()).isEqualTo(open);
	}

	private List<String> openReadings() {
		return Objects.requireNonNull(this.fixture.database.sql("select stream from open_reading order by position")
			.mapValue(String.class)
			.all()
			.collectList()
			.block(HANG_LIMIT));
	}

	@Test
	void concurrentAppendsShareTransactions() {
		long before = transactionCount();
		Flux.range(0, 500)
			.flatMap((number) -> log().append(newStream(), 0, List.of(noted("ada", "n" + number))), 500)
			.then()
			.block(HANG_LIMIT);
		assertThat(transactionCount() - before).isLessThan(100);
	}

	@Test
	void onlyExpiredResponsesAreDeleted() {
		for (Duration retention : Arrays.asList(Duration.ofDays(7), Duration.ofSeconds(-1), null)) {
			IdempotencyRecord idempotencyRecord = new IdempotencyRecord("ada", "retention " + retention, "any",
					retention);
			log().append(newStream(), 0, List.of(noted("ada", "one")), idempotencyRecord).block(HANG_LIMIT);
		}
		this.fixture.execute("""
				insert into idempotency_record (reader, key, hash, response, expires_at)
				select 'eve', number::text, '', '', clock_timestamp() - interval '1 second'
				from generate_series(1, 2499) as number
				""");
		StepVerifier.create(new StoredResponseCleaner(this.fixture.database).deleteExpired())
			.expectNext(2500L)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedCommand("ada", "retention PT168H"))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedCommand("ada", "retention null"))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedCommand("ada", "retention PT-1S")).expectComplete().verify(HANG_LIMIT);
	}

	/** The number of appending transactions, by the transaction ids in the rows. */
	private long transactionCount() {
		return Objects.requireNonNull(this.fixture.database.sql("select count(distinct xmin::text) from event")
			.map((row) -> row.get(0, Long.class))
			.one()
			.block(HANG_LIMIT));
	}

}
