package lectern.progress.log;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.r2dbc.BadSqlGrammarException;

import lectern.streaming.Entry;
import lectern.streaming.postgres.PostgresLogHead;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class PostgresEventLogIntegrationTests extends EventLogContract {

	private final TestLog test = new TestLog(TYPES);

	@Override
	EventLog log() {
		return this.test.log;
	}

	@AfterAll
	void close() {
		this.test.close();
	}

	@Test
	void aClockThatWasSetBackDoesNotTurnTheLogBack() {
		OffsetDateTime ahead = Objects.requireNonNull(this.test.database.sql("""
				update log_head set received_at = clock_timestamp() + interval '2 seconds' returning received_at
				""").map((row) -> row.get(0, OffsetDateTime.class)).one().block(HANG_LIMIT));
		assertThat(append(fresh(), 0, "later").events().getFirst().receivedAt()).isEqualTo(ahead.toInstant());
	}

	@Test
	void twoNodesAgreeOnVersionsAndKeysAndLeaveNoHoles() {
		EventLog other = this.test.node();
		String stream = fresh();
		long before = Objects.requireNonNull(log().cursor().block(HANG_LIMIT)).position();
		List<String> verdicts = Objects.requireNonNull(Flux.range(0, 400)
			.flatMap((number) -> ((number % 2 == 0) ? log() : other)
				.append((number < 200) ? stream : fresh(), 0, List.of(noted("ada", "n" + number)),
						receipt((number < 200) ? fresh() : stream + (number - 200) / 20, "command"))
				.map((_) -> "won")
				.onErrorResume((failure) -> Mono.just(failure.getClass().getSimpleName())), 400)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(Collections.frequency(verdicts, "won")).isEqualTo(1 + 10);
		assertThat(Collections.frequency(verdicts, "VersionConflict")).isEqualTo(199);
		assertThat(Collections.frequency(verdicts, "KeyTaken")).isEqualTo(190);
		assertThat(log().all().read(before, Long.MAX_VALUE, 1000).map(Entry::position).collectList().block(HANG_LIMIT))
			.containsExactlyElementsOf(LongStream.rangeClosed(before + 1, before + 11).boxed().toList());
	}

	/** Another node takes places, takes its time, and is rolled back. */
	@Test
	void whoWaitsBehindASlowWriterIsNotForgotten() {
		Mono<Appended> waiting = this.test.transaction
			.run(new PostgresLogHead(this.test.database).reserve(1)
				.then(Mono.delay(Duration.ofSeconds(1)))
				.then(Mono.<Appended>error(new IllegalStateException("Given up"))))
			.onErrorResume(IllegalStateException.class, (_) -> Mono.empty());
		List<Appended> appended = Objects.requireNonNull(Flux
			.merge(waiting,
					log().append(fresh(), 0, List.of(noted("ada", "one"))).delaySubscription(Duration.ofMillis(200)))
			.collectList()
			.block(HANG_LIMIT));
		assertThat(appended).hasSize(1);
	}

	/** NUL is fine in JSON and in Java, and PostgreSQL does not take it. */
	@Test
	void whatCannotBeStoredIsNobodyElsesTrouble() {
		List<Boolean> stored = Objects.requireNonNull(
				Flux.range(0, 40)
					.flatMapSequential((number) -> log()
						.append(fresh(), 0, List.of(noted("ada", (number % 10 == 7) ? "\0" : "fine")))
						.map((_) -> true)
						.onErrorReturn(BadSqlGrammarException.class, false), 40)
					.collectList()
					.block(HANG_LIMIT));
		for (int number = 0; number < 40; number++) {
			assertThat(stored.get(number)).as("append " + number).isEqualTo(number % 10 != 7);
		}
	}

	@Test
	void whatIsAskedForAtOnceIsCommittedTogether() {
		long before = transactions();
		Flux.range(0, 500)
			.flatMap((number) -> log().append(fresh(), 0, List.of(noted("ada", "n" + number))), 500)
			.then()
			.block(HANG_LIMIT);
		assertThat(transactions() - before).isLessThan(100);
	}

	@Test
	void answersWhoseTimeIsOverAreForgottenAndNoOthers() {
		for (Duration keptFor : Arrays.asList(Duration.ofDays(7), Duration.ofSeconds(-1), null)) {
			Receipt receipt = new Receipt("ada", "kept for " + keptFor, "any", keptFor, (_) -> "any");
			log().append(fresh(), 0, List.of(noted("ada", "one")), receipt).block(HANG_LIMIT);
		}
		this.test.execute("""
				insert into command select 'eve', number::text, '', '', clock_timestamp() - interval '1 second'
				from generate_series(1, 2499) as number
				""");
		StepVerifier.create(new AnswerExpiry(this.test.database).forget())
			.expectNext(2500L)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().answer("ada", "kept for PT168H"))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().answer("ada", "kept for null"))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
		StepVerifier.create(log().answer("ada", "kept for PT-1S")).expectComplete().verify(HANG_LIMIT);
	}

	/** Each transaction that appended left its own id in the rows. */
	private long transactions() {
		return Objects.requireNonNull(this.test.database.sql("select count(distinct xmin::text) from event")
			.map((row) -> row.get(0, Long.class))
			.one()
			.block(HANG_LIMIT));
	}

}
