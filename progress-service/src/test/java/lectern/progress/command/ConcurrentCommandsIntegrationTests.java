package lectern.progress.command;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.web.IdempotencyKey;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Many commands at once over HTTP. */
class ConcurrentCommandsIntegrationTests {

	/** Enough for every kind of race in each build; a thousand with the profile proof. */
	private static final int COMMANDS = Boolean.getBoolean("lectern.proof") ? 1000 : 200;

	private static final int READINGS = 20;

	private static final int CLIENTS = 4;

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.newReader();

	@BeforeAll
	static void addBook() {
		PROGRESS.addBook("a-book", "A Book", "Somebody");
	}

	@Test
	void concurrentDuplicatesOfACommandAreExecutedOnce() {
		List<TestReading> readings = Stream.generate(() -> this.reader.start("a-book")).limit(READINGS).toList();
		List<List<TestApiResponse>> responses = Objects.requireNonNull(Flux.range(0, COMMANDS)
			.flatMap((number) -> sendDuplicates(readings.get(number % READINGS), number), 50)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(this.reader.eventCount()).isEqualTo(READINGS + COMMANDS);
		assertThat(responses).hasSize(COMMANDS).allSatisfy(ConcurrentCommandsIntegrationTests::assertExecutedOnce);
		assertThat(responses).extracting((duplicates) -> duplicates.getFirst().cursor()).doesNotHaveDuplicates();
	}

	private Mono<List<TestApiResponse>> sendDuplicates(TestReading reading, int number) {
		TestReader keyed = this.reader.idempotencyKey(UUID.randomUUID().toString());
		String content = "{\"fraction\":%s,\"chapter\":\"%d\"}".formatted(number / (double) COMMANDS, number);
		return Flux.range(0, CLIENTS)
			.flatMap((_) -> keyed.client().send(HttpMethod.POST, reading.path() + "/positions", content), CLIENTS)
			.collectList();
	}

	private static void assertExecutedOnce(List<TestApiResponse> duplicates) {
		TestApiResponse first = duplicates.getFirst();
		assertThat(duplicates).hasSize(CLIENTS).allSatisfy((response) -> {
			response.assertStatus(200);
			assertThat(response.text()).isEqualTo(first.text());
			for (String header : List.of(HttpHeaders.ETAG, "Cursor", HttpHeaders.CONTENT_TYPE)) {
				assertThat(response.header(header)).isEqualTo(first.header(header));
			}
		});
		assertThat(duplicates).extracting((response) -> response.headers().getFirst(IdempotencyKey.REPLAYED))
			.containsExactlyInAnyOrder(null, "true", "true", "true");
	}

	@Test
	void concurrentReportsOfOneReadingAllSucceed() {
		List<TestApiResponse> responses = Objects
			.requireNonNull(sendReports(this.reader.start("a-book"), 200).collectList().block(HANG_LIMIT));
		assertThat(responses).extracting((response) -> response.assertStatus(200).etag())
			.containsExactlyInAnyOrderElementsOf(
					IntStream.rangeClosed(2, 201).mapToObj((version) -> "\"" + version + "\"").toList());
	}

	/**
	 * A writer stops in the middle of its transaction. PostgreSQL ends the transaction
	 * because of the timeouts that the service sets, and the waiting commands succeed.
	 */
	@Test
	void stalledWriterDelaysOthersWithoutFailures() {
		TestReading reading = this.reader.start("a-book");
		TransactionalOperator transaction = TransactionalOperator
			.create(new R2dbcTransactionManager(PROGRESS.database().getConnectionFactory()));
		Mono<TestApiResponse> stalled = transaction
			.transactional(new PostgresLogHead(PROGRESS.database()).reserve(1)
				.then(Mono.delay(HANG_LIMIT))
				.then(Mono.<TestApiResponse>empty()))
			.onErrorComplete();
		Flux<TestApiResponse> reports = sendReports(reading, 20).delaySubscription(Duration.ofMillis(500))
			.timeout(Duration.ofSeconds(10));
		assertThat(Flux.merge(stalled, reports).take(20).collectList().block(HANG_LIMIT)).hasSize(20)
			.allSatisfy((response) -> response.assertStatus(200));
	}

	private Flux<TestApiResponse> sendReports(TestReading reading, int count) {
		return Flux.range(0, count)
			.flatMap((number) -> this.reader.client()
				.send(HttpMethod.POST, reading.path() + "/positions", "{\"fraction\":0.5,\"page\":" + number + "}"),
					count);
	}

}
