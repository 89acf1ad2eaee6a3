package lectern.progress.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.progress.account.ProgressFixture;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands that are repeated, and many at once, over HTTP. */
class IdempotentExecutorIntegrationTests {

	/** Thousands of calls by one JVM that also serves them. */
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final String READINGS = "/api/v1/readers/ada/readings";

	private static final String START = "{\"book\":\"a-book\"}";

	private static ProgressFixture progress;

	private static WebClient client;

	private static final ConnectionProvider CONNECTIONS = ConnectionProvider.create("many", 256);

	private String reading = "";

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.addBook("a-book", "A Book", "Somebody");
		client = WebClient.builder()
			.baseUrl("http://127.0.0.1:" + progress.port())
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(CONNECTIONS)))
			.build();
	}

	@AfterAll
	static void stop() {
		progress.close();
		CONNECTIONS.dispose();
	}

	@BeforeEach
	void startReading() {
		CommandResponse started = post(READINGS, START, null);
		assertThat(started.status()).isEqualTo(201);
		this.reading = Objects.requireNonNull(started.headers().getLocation()).toString();
	}

	@Test
	void concurrentDuplicatesOfACommandAreExecutedOnce() {
		List<String> readings = IntStream.range(0, 50).mapToObj((_) -> startedReading()).toList();
		long before = eventCount();
		List<List<CommandResponse>> answers = Objects.requireNonNull(Flux.range(0, 1000).flatMap((number) -> {
			String key = UUID.randomUUID().toString();
			String content = "{\"fraction\":%s,\"chapter\":\"%d\"}".formatted(number / 1000.0, number);
			return Flux.range(0, 4)
				.flatMap((_) -> send(readings.get(number % 50) + "/positions", content, key), 4)
				.collectList();
		}, 50).collectList().block(TIMEOUT));
		assertThat(eventCount() - before).isEqualTo(1000);
		assertThat(answers).hasSize(1000).allSatisfy((four) -> {
			assertThat(four).hasSize(4).extracting(CommandResponse::status).containsOnly(200);
			assertThat(four).extracting(CommandResponse::content)
				.doesNotContainNull()
				.containsOnly(four.getFirst().content());
			for (String header : List.of(HttpHeaders.ETAG, "Cursor", HttpHeaders.CONTENT_TYPE)) {
				assertThat(four).extracting((answer) -> answer.headers().getFirst(header))
					.doesNotContainNull()
					.containsOnly(four.getFirst().headers().getFirst(header));
			}
			assertThat(four).extracting((answer) -> answer.headers().getFirst(IdempotencyKey.REPLAYED))
				.containsExactlyInAnyOrder(null, "true", "true", "true");
		});
		assertThat(answers).extracting((four) -> four.getFirst().headers().getFirst("Cursor")).doesNotHaveDuplicates();
	}

	@Test
	void concurrentReportsOfOneReadingAllSucceed() {
		List<CommandResponse> answers = Objects.requireNonNull(Flux.range(0, 200)
			.flatMap((number) -> send(this.reading + "/positions", "{\"fraction\":0.5,\"page\":" + number + "}", null),
					200)
			.collectList()
			.block(TIMEOUT));
		assertThat(answers).extracting(CommandResponse::status).containsOnly(200);
		assertThat(answers).extracting((answer) -> answer.headers().getETag())
			.containsExactlyInAnyOrderElementsOf(
					IntStream.rangeClosed(2, 201).mapToObj((version) -> "\"" + version + "\"").toList());
	}

	/**
	 * A writer that is frozen in the middle of its transaction, with the service's own
	 * settings: PostgreSQL ends it, and whoever waited is served.
	 */
	@Test
	void stalledWriterDelaysOthersWithoutFailures() {
		TransactionalOperator transaction = TransactionalOperator
			.create(new R2dbcTransactionManager(progress.database().getConnectionFactory()));
		Mono<CommandResponse> frozen = transaction
			.transactional(new PostgresLogHead(progress.database()).reserve(1)
				.then(Mono.delay(Duration.ofSeconds(15)))
				.then(Mono.<CommandResponse>empty()))
			.onErrorComplete();
		Flux<CommandResponse> reports = Flux.range(0, 20)
			.flatMap((number) -> send(this.reading + "/positions", "{\"fraction\":0.5,\"page\":" + number + "}", null),
					20)
			.delaySubscription(Duration.ofMillis(500))
			.timeout(Duration.ofSeconds(10));
		assertThat(Flux.merge(frozen, reports).take(20).collectList().block(TIMEOUT))
			.extracting(CommandResponse::status)
			.hasSize(20)
			.containsOnly(200);
	}

	@Test
	void duplicateStartReplaysTheFirstResponse() {
		String key = UUID.randomUUID().toString();
		CommandResponse first = post(READINGS, START, key);
		post(Objects.requireNonNull(first.headers().getLocation()) + "/positions", "{\"fraction\":0.5}", null);
		CommandResponse second = post(READINGS, "{ \"book\" : \"a-book\" }", key);
		assertThat(first.status()).isEqualTo(201);
		assertThat(second.status()).isEqualTo(201);
		assertThat(second.content()).isEqualTo(first.content());
		assertThat(second.headers().getLocation()).isEqualTo(first.headers().getLocation());
		assertThat(second.headers().getETag()).isEqualTo("\"1\"");
		assertThat(first.headers().getFirst(IdempotencyKey.REPLAYED)).isNull();
		assertThat(second.headers().getFirst(IdempotencyKey.REPLAYED)).isEqualTo("true");
		assertThat(second.headers().getCacheControl()).isEqualTo("private, no-store");
	}

	/** A repeat is a repeat although its condition and a rule would refuse it by now. */
	@Test
	void duplicateIsReplayedEvenIfItWouldBeRejectedNow() {
		String key = UUID.randomUUID().toString();
		CommandResponse first = reportWithIfMatchOne(key);
		assertThat(first.status()).isEqualTo(200);
		assertThat(post(this.reading + "/finish", "{}", null).status()).isEqualTo(200);
		assertThat(reportWithIfMatchOne(key).content()).isEqualTo(first.content());
		assertThat(reportWithIfMatchOne(UUID.randomUUID().toString()).status()).isEqualTo(412);
	}

	private CommandResponse reportWithIfMatchOne(String key) {
		return Objects
			.requireNonNull(request(this.reading + "/positions", "{\"fraction\":0.5}", key, "\"1\"").block(TIMEOUT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/finish", "/abandon" })
	void responseOfCommandWithoutEffectIsReplayed(String command) {
		assertThat(post(this.reading + command, "{}", null).status()).isEqualTo(200);
		String key = UUID.randomUUID().toString();
		long before = eventCount();
		CommandResponse inEffect = post(this.reading + command, "{}", key);
		assertThat(inEffect.status()).isEqualTo(200);
		assertThat(inEffect.headers().getETag()).isEqualTo("\"2\"");
		assertThat(eventCount()).isEqualTo(before);
		String undo = command.equals("/finish") ? "/reopen" : "/resume";
		assertThat(post(this.reading + undo, "{}", null).headers().getETag()).isEqualTo("\"3\"");
		CommandResponse repeated = post(this.reading + command, "{}", key);
		assertThat(repeated.content()).isEqualTo(inEffect.content());
		assertThat(repeated.headers().getFirst("Cursor")).isEqualTo(inEffect.headers().getFirst("Cursor"));
		assertThat(eventCount()).isEqualTo(before + 1);
	}

	@Test
	void rejectedCommandDoesNotUseItsKey() {
		String key = UUID.randomUUID().toString();
		post(this.reading + "/finish", "{}", null);
		assertProblem(post(this.reading + "/positions", "{\"fraction\":0.5}", key), 409, "reading-finished");
		post(this.reading + "/reopen", "{}", null);
		CommandResponse now = post(this.reading + "/positions", "{\"fraction\":0.6}", key);
		assertThat(now.status()).isEqualTo(200);
		assertThat(now.headers().getFirst(IdempotencyKey.REPLAYED)).isNull();
	}

	@Test
	void rejectsAnotherCommandWithTheSameKey() {
		String key = UUID.randomUUID().toString();
		post(this.reading + "/positions", "{\"fraction\":0.5}", key);
		long before = eventCount();
		assertProblem(post(this.reading + "/positions", "{\"fraction\":0.6}", key), 422, "idempotency-key-reused");
		assertProblem(post(startedReading() + "/positions", "{\"fraction\":0.5}", key), 422, "idempotency-key-reused");
		assertProblem(post(this.reading + "/finish", "{}", key), 422, "idempotency-key-reused");
		assertProblem(post(READINGS, START, key), 422, "idempotency-key-reused");
		assertThat(eventCount()).isEqualTo(before + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/finish", "/reopen", "/abandon", "/resume", "/restore" })
	void keyBelongsToOneCommandType(String command) {
		post(this.reading + "/positions", "{\"fraction\":0.5}", null);
		String restore = "{\"to\":\"" + Instant.now() + "\"}";
		String key = UUID.randomUUID().toString();
		assertThat(post(this.reading + command, command.equals("/restore") ? restore : "{}", key).status())
			.isEqualTo(200);
		long before = eventCount();
		for (String other : List.of("/finish", "/reopen", "/abandon", "/resume", "/restore", "/positions")) {
			String content = switch (other) {
				case "/restore" -> restore;
				case "/positions" -> "{\"fraction\":0.6}";
				default -> "{}";
			};
			if (!other.equals(command)) {
				assertProblem(post(this.reading + other, content, key), 422, "idempotency-key-reused");
			}
		}
		assertThat(eventCount()).isEqualTo(before);
	}

	@Test
	void keysAreScopedByReader() {
		String key = UUID.randomUUID().toString();
		post(READINGS, START, key);
		CommandResponse hers = Objects.requireNonNull(client.post()
			.uri(READINGS.replace("ada", "eve"))
			.headers((headers) -> headers.setBearerAuth(progress.token("eve")))
			.header(IdempotencyKey.HEADER, key)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(START)
			.exchangeToMono(CommandResponse::of)
			.block(TIMEOUT));
		assertThat(hers.status()).isEqualTo(201);
		assertThat(hers.headers().getFirst(IdempotencyKey.REPLAYED)).isNull();
	}

	static Stream<String> badKeys() {
		return Stream.of("", "two words", "caf\u00e9", "x".repeat(201), "tab\there");
	}

	@ParameterizedTest
	@MethodSource("badKeys")
	void rejectsMalformedKey(String key) {
		long before = eventCount();
		assertProblem(post(this.reading + "/positions", "{\"fraction\":0.5}", key), 400, "malformed");
		assertProblem(post(READINGS, START, key), 400, "malformed");
		assertThat(eventCount()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "!~", "';drop/**/table/**/event--" })
	void keyIsTreatedLiterally(String key) {
		assertThat(post(this.reading + "/positions", "{\"fraction\":0.5}", key).status()).isEqualTo(200);
		assertThat(post(this.reading + "/positions", "{\"fraction\":0.5}", key).headers()
			.getFirst(IdempotencyKey.REPLAYED)).isEqualTo("true");
		assertProblem(post(this.reading + "/positions", "{\"fraction\":0.6}", key), 422, "idempotency-key-reused");
	}

	private String startedReading() {
		return Objects.requireNonNull(post(READINGS, START, null).headers().getLocation()).toString();
	}

	private static CommandResponse post(String path, String content, @Nullable String key) {
		return Objects.requireNonNull(send(path, content, key).block(TIMEOUT));
	}

	private static Mono<CommandResponse> send(String path, String content, @Nullable String key) {
		return request(path, content, key, null);
	}

	private static Mono<CommandResponse> request(String path, String content, @Nullable String key,
			@Nullable String ifMatch) {
		return client.post().uri(path).headers((headers) -> {
			headers.setBearerAuth(progress.token("ada"));
			if (key != null) {
				headers.set(IdempotencyKey.HEADER, key);
			}
			if (ifMatch != null) {
				headers.setIfMatch(ifMatch);
			}
		}).contentType(MediaType.APPLICATION_JSON).bodyValue(content).exchangeToMono(CommandResponse::of);
	}

	private static void assertProblem(CommandResponse answer, int status, String problem) {
		assertThat(answer.status()).as(answer.content()).isEqualTo(status);
		assertThat(answer.content()).contains("\"/problems/" + problem + "\"");
	}

	private static long eventCount() {
		return Objects.requireNonNull(Mono
			.from(progress.database().sql("select count(*) from event").map((row) -> row.get(0, Long.class)).one())
			.block(TIMEOUT));
	}

	private record CommandResponse(int status, HttpHeaders headers, String content) {

		static Mono<CommandResponse> of(ClientResponse response) {
			return response.bodyToMono(String.class)
				.defaultIfEmpty("")
				.map((content) -> new CommandResponse(response.statusCode().value(), response.headers().asHttpHeaders(),
						content));
		}

	}

}
