package lectern.progress.eventlog;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

import lectern.streaming.log.EventEnvelope;
import lectern.streaming.postgreslog.PostgresLogHead;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

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
		List<String> verdicts = Objects.requireNonNull(
				Flux.range(0, 400)
					.flatMap((number) -> ((number % 2 == 0) ? log() : other)
						.append((number < 200) ? stream : newStream(), 0, List.of(noted("ada", "n" + number)),
								idempotencyRecord((number < 200) ? newStream() : stream + (number - 200) / 20,
										"command"))
						.map((_) -> "won")
						.onErrorResume((failure) -> Mono.just(failure.getClass().getSimpleName())), 400)
					.collectList()
					.block(HANG_LIMIT));
		assertThat(Collections.frequency(verdicts, "won")).isEqualTo(1 + 10);
		assertThat(Collections.frequency(verdicts, "VersionConflictException")).isEqualTo(199);
		assertThat(Collections.frequency(verdicts, "DuplicateCommandException")).isEqualTo(190);
		assertThat(log().readAll()
			.read(before, Long.MAX_VALUE, 1000)
			.map(EventEnvelope::position)
			.collectList()
			.block(HANG_LIMIT))
			.containsExactlyElementsOf(LongStream.rangeClosed(before + 1, before + 11).boxed().toList());
	}

	/** Another node takes places, takes its time, and is rolled back. */
	@Test
	void appendBehindSlowWriterIsCommitted() {
		Mono<AppendResult> waiting = this.fixture.transactions
			.run(new PostgresLogHead(this.fixture.database).reserve(1)
				.then(Mono.delay(Duration.ofSeconds(1)))
				.then(Mono.<AppendResult>error(new IllegalStateException("Given up"))))
			.onErrorResume(IllegalStateException.class, (_) -> Mono.empty());
		List<AppendResult> appended = Objects.requireNonNull(Flux.merge(waiting,
				log().append(newStream(), 0, List.of(noted("ada", "one"))).delaySubscription(Duration.ofMillis(200)))
			.collectList()
			.block(HANG_LIMIT));
		assertThat(appended).hasSize(1);
	}

	/** NUL is fine in JSON and in Java, and PostgreSQL does not take it. */
	@Test
	void invalidEventFailsAloneInItsBatch() {
		List<Boolean> stored = Objects
			.requireNonNull(Flux.range(0, 40)
				.flatMapSequential((number) -> log()
					.append(newStream(), 0, List.of(noted("ada", (number % 10 == 7) ? "\0" : "fine")))
					.map((_) -> true)
					.onErrorReturn(BadSqlGrammarException.class, false), 40)
				.collectList()
				.block(HANG_LIMIT));
		for (int number = 0; number < 40; number++) {
			assertThat(stored.get(number)).as("append " + number).isEqualTo(number % 10 != 7);
		}
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
		for (Duration keptFor : Arrays.asList(Duration.ofDays(7), Duration.ofSeconds(-1), null)) {
			IdempotencyRecord receipt = new IdempotencyRecord("ada", "kept for " + keptFor, "any", keptFor,
					(_) -> "any");
			log().append(newStream(), 0, List.of(noted("ada", "one")), receipt).block(HANG_LIMIT);
		}
		this.fixture.execute(
				"""
						insert into idempotency_record select 'eve', number::text, '', '', clock_timestamp() - interval '1 second'
						from generate_series(1, 2499) as number
						""");
		StepVerifier.create(new StoredResponseCleaner(this.fixture.database).deleteExpired())
			.expectNext(2500L)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedResponse("ada", "kept for PT168H"))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedResponse("ada", "kept for null"))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().storedResponse("ada", "kept for PT-1S")).expectComplete().verify(HANG_LIMIT);
	}

	/** Each transaction that appended left its own id in the rows. */
	private long transactionCount() {
		return Objects.requireNonNull(this.fixture.database.sql("select count(distinct xmin::text) from event")
			.map((row) -> row.get(0, Long.class))
			.one()
			.block(HANG_LIMIT));
	}

}
