package lectern.catalog.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.catalog.importing.ImportReport.ImportState;
import lectern.web.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.reactive.TransactionalOperator;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ImportIntegrationTests {

	private final int port;

	private final DatabaseClient database;

	private final ImportFixture catalog;

	@Autowired
	private ImportPipeline pipeline;

	@Autowired
	private LineReaderFactory readers;

	@Autowired
	private ImportReports reports;

	@Autowired
	private ImportBatchWriter writer;

	@Autowired
	private TransactionalOperator transactions;

	ImportIntegrationTests(@LocalServerPort int port, @Autowired DatabaseClient database,
			@Autowired JsonMapper mapper) {
		this.port = port;
		this.database = database;
		this.catalog = new ImportFixture(port, database, mapper);
	}

	@DynamicPropertySource
	static void configure(DynamicPropertyRegistry registry) {
		ImportFixture.configure(registry);
	}

	@Test
	void secondImportOfListChangesNothing() {
		String list = """
				### Steam

				* [A Small List](https://small.example/1) - Ada Byron (PDF)
				* [A small list](https://small.example/2) - Ada Byron
				* [Another](https://small.example/3)
				* A line without a link
				""";
		long before = this.catalog.position();

		ResponseEntity<String> answer = this.catalog.post("?language=pt-br&source=small", list);

		ImportReport done = this.catalog.expectReport(answer);
		assertThat(counts(done)).containsExactly(4L, 2L, 0L, 0L, 1L, 1L);
		assertThat(done.state()).isEqualTo(ImportState.DONE);
		assertThat(done.language()).isEqualTo("pt-BR");
		assertThat(done.source()).isEqualTo("small");
		assertThat(done.through()).isEqualTo(6);
		assertThat(done.endedAt()).isAfterOrEqualTo(done.startedAt());
		assertThat(done.refusals())
			.containsExactly(new RefusedLine(6, "The line has no link.", "* A line without a link"));
		assertThat(answer.getHeaders().getLocation()).hasToString("/api/v1/imports/" + done.id());
		assertThat(answer.getHeaders().getFirst("Cursor")).isNotBlank();
		assertThat(this.catalog.position()).isEqualTo(before + 2);
		assertThat(this.catalog.get("/books/a-small-list").getBody()).contains("\"https://small.example/2\"",
				"\"Steam\"", "\"pt-BR\"");
		assertThat(this.catalog.parseReport(this.catalog.get("/imports/" + done.id()))).isEqualTo(done);

		ImportReport again = this.catalog.expectReport(this.catalog.post("?language=pt-BR", list));

		assertThat(counts(again)).containsExactly(4L, 0L, 0L, 3L, 0L, 1L);
		assertThat(this.catalog.position()).isEqualTo(before + 2);
	}

	@Test
	void languageIsDerivedFromSourceName() {
		assertThat(
				this.catalog.expectReport(this.catalog.post("?source=free-programming-books-fa_IR.md", "")).language())
			.isEqualTo("fa-IR");
		assertThat(this.catalog.expectReport(this.catalog.post("", "")).language()).isNull();
	}

	@Test
	void importsAreListedLatestFirst() {
		ImportReport first = this.catalog.expectReport(this.catalog.post("", ""));
		ImportReport second = this.catalog.expectReport(this.catalog.post("", ""));

		assertThat(this.catalog.get("/imports?limit=1").getBody()).contains(second.id(), "\"next\"")
			.doesNotContain(first.id());
		assertThat(this.catalog.get("/imports").getBody()).containsSubsequence(second.id(), first.id());
		assertThat(this.catalog.get("/imports/none").getStatusCode().value()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?lang=en", "?language=english%20", "?language=x", "?language=", "?source=", "?source=%00",
			"?language=en&language=de" })
	void rejectsInvalidParameter(String parameters) {
		ResponseEntity<String> answer = this.catalog.post(parameters, "* [T](https://a.example)");

		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getBody()).contains("/problems/invalid-parameter");
	}

	@Test
	void importRequiresCuratorAndUtf8Markdown() {
		assertThat(status(TestTokens.reader(), "text/markdown")).isEqualTo(403);
		assertThat(status("", "text/markdown")).isEqualTo(401);
		assertThat(status(TestTokens.curator(), "text/plain")).isEqualTo(415);
		assertThat(status(TestTokens.curator(), "text/markdown;charset=ISO-8859-1")).isEqualTo(415);
		assertThat(status(TestTokens.curator(), "text/markdown;charset=utf-8")).isEqualTo(201);
	}

	@Test
	void truncatedBodyFailsImportAndKeepsReceivedLines() throws IOException {
		String body = IntStream.range(0, 250).mapToObj((n) -> item("cut", n)).reduce("", String::concat)
				+ "* [Half a line](https://cut.example/half";
		try (Socket socket = new Socket("127.0.0.1", this.port); OutputStream out = socket.getOutputStream()) {
			out.write(("POST /api/v1/imports?source=cut HTTP/1.1\r\nHost: a\r\nContent-Type: text/markdown\r\n"
					+ "Authorization: Bearer " + TestTokens.curator() + "\r\nContent-Length: 1000000\r\n\r\n" + body)
				.getBytes(StandardCharsets.UTF_8));
			out.flush();
			ImportFixture
				.eventually(queryForLong("select added from import where source = 'cut'").map((added) -> added >= 200));
		}
		ImportFixture.eventually(queryForLong("select count(*) from import where source = 'cut' and state = 'failed'")
			.map((failed) -> failed == 1));
		assertThat(this.catalog.queryForLong("select added from import where source = 'cut'")).isEqualTo(250);
		assertThat(this.catalog.queryForLong("select count(*) from book where id like 'cut-%'")).isEqualTo(250);
	}

	@Test
	void overlongLineIsRefusedAndOthersAreWritten() {
		byte[] part = new byte[1 << 16];
		Arrays.fill(part, (byte) 'a');
		Flux<DataBuffer> list = Flux.concat(text("* [Before](https://long.example/1)\n* [Long]("),
				Flux.range(0, 160).map((_) -> wrap(part)), text(")\n* [After](https://long.example/2)"));

		ImportReport done = this.catalog.expectReport(this.catalog.post("", list));

		assertThat(counts(done)).containsExactly(3L, 2L, 0L, 0L, 0L, 1L);
		RefusedLine refused = Objects.requireNonNull(done.refusals()).getFirst();
		assertThat(refused.line()).isEqualTo(2);
		assertThat(refused.reason()).isEqualTo("The line is longer than 1 MiB.");
		assertThat(refused.text()).hasSize(200).startsWith("* [Long](aaa");
	}

	@Test
	void binaryBodyIsRefusedLineByLine() {
		Random random = new Random(7);
		Flux<DataBuffer> binary = Flux.range(0, 64).map((_) -> {
			byte[] bytes = new byte[1 << 14];
			random.nextBytes(bytes);
			return wrap(bytes);
		});

		ImportReport done = this.catalog.expectReport(this.catalog.post("", binary));

		assertThat(done.state()).isEqualTo(ImportState.DONE);
		assertThat(done.read()).isEqualTo(done.refused()).isGreaterThan(3000);
		assertThat(done.refusals()).hasSize(ImportReports.MAX_STORED_REFUSALS);
	}

	@Test
	void bodyIsReadWithBackpressure() {
		AtomicInteger taken = new AtomicInteger();
		int buffers = 60;
		Flux<DataBuffer> list = Flux.range(0, buffers)
			.map((n) -> IntStream.range(0, 80).mapToObj((m) -> item("slow", n * 80 + m)).reduce("", String::concat))
			.map(ImportIntegrationTests::wrap)
			.doOnNext((_) -> taken.incrementAndGet());
		Sinks.Empty<Void> release = Sinks.empty();
		Sinks.Empty<Void> held = Sinks.empty();
		Mono<Void> holding = this.database.sql("select position from log_head for update")
			.fetch()
			.one()
			.doOnNext((_) -> held.tryEmitEmpty())
			.then(release.asMono())
			.as(this.transactions::transactional);
		Mono<Integer> takenWhileHeld = Mono.delay(Duration.ofSeconds(2))
			.map((_) -> taken.get())
			.doFinally((_) -> release.tryEmitEmpty());

		var results = Objects.requireNonNull(Mono
			.zip(holding.thenReturn(true), held.asMono().then(takenWhileHeld),
					held.asMono().then(this.pipeline.run(this.readers.list(null), null, null, list, Mono.never())))
			.block(HANG_LIMIT));

		assertThat(results.getT2()).isBetween(1, 8);
		assertThat(results.getT3().added()).isEqualTo(buffers * 80L);
	}

	@Test
	void runningImportsDoNotBlockReadsOrWrites() {
		List<Sinks.Many<DataBuffer>> bodies = Stream
			.generate(() -> Sinks.many().unicast().<DataBuffer>onBackpressureBuffer())
			.limit(4)
			.toList();
		Mono<List<ImportReport>> running = Flux.fromIterable(bodies)
			.flatMap((body) -> this.catalog.curator()
				.post()
				.uri("/imports?source=running")
				.contentType(MediaType.TEXT_MARKDOWN)
				.body(body.asFlux(), DataBuffer.class)
				.retrieve()
				.bodyToMono(ImportReport.class), 4)
			.collectList()
			.cache();
		Mono<Long> shown = queryForLong("select count(*) from import where source = 'running' and state = 'running'");
		for (int at = 0; at < 4; at++) {
			for (int n = 0; n < 150; n++) {
				bodies.get(at).tryEmitNext(wrap(item("running-" + at, n))).orThrow();
			}
		}
		Mono<Void> meanwhile = Mono.fromRunnable(() -> {
			ImportFixture.eventually(shown.map((count) -> count == 4));
			ImportFixture.eventually(queryForLong("select sum(added)::bigint from import where source = 'running'")
				.map((added) -> added == 400));
			assertThat(this.catalog.get("/imports?limit=4").getBody()).contains("\"running\"");
			assertThat(this.catalog.get("/books/running-0-0").getStatusCode().value()).isEqualTo(200);
			assertThat(this.catalog.curator()
				.put()
				.uri("/books/written-meanwhile")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"title\":\"Written meanwhile\"}")
				.exchangeToMono((answer) -> answer.releaseBody().thenReturn(answer.statusCode().value()))
				.block(HANG_LIMIT)).isEqualTo(201);
			ResponseEntity<String> fifth = this.catalog.post("", "");
			assertThat(fifth.getStatusCode().value()).isEqualTo(503);
			assertThat(fifth.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotNull();
			bodies.forEach((body) -> body.tryEmitComplete().orThrow());
		}).subscribeOn(Schedulers.boundedElastic()).then();

		List<ImportReport> done = Objects
			.requireNonNull(Mono.zip(running, meanwhile.thenReturn(true)).block(HANG_LIMIT))
			.getT1();

		assertThat(done).extracting(ImportReport::added).containsExactly(150L, 150L, 150L, 150L);
	}

	@Test
	void batchIsRetriedAfterDatabaseOutage() {
		Sinks.Empty<Void> away = Sinks.empty();
		Flux<DataBuffer> list = Flux.concat(Flux.range(0, 150).map((n) -> wrap(item("away", n))),
				away.asMono().then(Mono.empty()), Flux.range(150, 150).map((n) -> wrap(item("away", n))));
		Mono<Long> killed = queryForLong("select added from import where source = 'away'")
			.filter((added) -> added == 100)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(20)))
			.then(queryForLong("""
					select count(pg_terminate_backend(pid)) from pg_stat_activity
					where datname = current_database() and pid <> pg_backend_pid()
					"""))
			.doFinally((_) -> away.tryEmitEmpty());

		ImportReport done = Objects
			.requireNonNull(
					Mono.zip(this.pipeline.run(this.readers.list(null), null, "away", list, Mono.never()), killed)
						.block(HANG_LIMIT))
			.getT1();

		assertThat(done.state()).isEqualTo(ImportState.DONE);
		assertThat(counts(done)).containsExactly(300L, 300L, 0L, 0L, 0L, 0L);
		// The pool drops each connection that was killed when it is next taken from it.
		Flux.range(0, 16)
			.flatMap((_) -> queryForLong("select count(pg_sleep(0.1))").retry(16), 16)
			.then()
			.block(HANG_LIMIT);
	}

	@Test
	void batchWrittenTwiceIsCountedOnce() {
		String id = Objects.requireNonNull(this.reports.start("en", null).block(HANG_LIMIT));
		List<ImportLine> lines = List.of(new RefusedLine(3, "a reason", "a line"));

		this.writer.write(id, lines).then(this.writer.write(id, lines)).block(HANG_LIMIT);

		assertThat(Objects.requireNonNull(this.reports.find(id).block(HANG_LIMIT)).refused()).isEqualTo(1);
	}

	@Test
	void startFailsImportsLeftRunning() {
		String left = Objects.requireNonNull(this.reports.start(null, "left").block(HANG_LIMIT));
		RunningImports next = new RunningImports(this.pipeline, this.reports, Clock.systemUTC());

		next.start();

		ImportFixture.eventually(this.reports.find(left).map((found) -> found.state() == ImportState.FAILED));
		next.stop();
	}

	@Test
	void stopWritesReceivedLines() {
		RunningImports process = new RunningImports(this.pipeline, this.reports, Clock.systemUTC());
		Sinks.Empty<Void> stopped = Sinks.empty();
		Flux<DataBuffer> list = Flux.range(0, 150).map((n) -> wrap(item("stop", n))).concatWith(Flux.never());
		Mono<String> running = process.run(this.readers.list(null), null, "stop", list)
			.map(ImportReport::id)
			.onErrorResume((failure) -> Mono.just(failure.getMessage()));
		Mono<Void> stop = queryForLong("select added from import where source = 'stop'").filter((added) -> added == 100)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(20)))
			.doOnNext((_) -> process.stop(stopped::tryEmitEmpty))
			.then(stopped.asMono());

		assertThat(Objects.requireNonNull(Mono.zip(running, stop.thenReturn(true)).block(HANG_LIMIT)).getT1())
			.contains("The catalog is shutting down");
		assertThat(this.catalog.queryForLong("select added from import where source = 'stop' and state = 'failed'"))
			.isEqualTo(150);
	}

	private Mono<Long> queryForLong(String sql) {
		return this.database.sql(sql).map((row) -> row.get(0, Long.class)).one();
	}

	private int status(String token, String type) {
		return Objects.requireNonNull(this.catalog.anonymous().post().uri("/imports").headers((headers) -> {
			if (!token.isEmpty()) {
				headers.setBearerAuth(token);
			}
			headers.set(HttpHeaders.CONTENT_TYPE, type);
		})
			.body(Mono.just(wrap("")), DataBuffer.class)
			.exchangeToMono((answer) -> answer.releaseBody().thenReturn(answer.statusCode().value()))
			.block(HANG_LIMIT));
	}

	private static List<Long> counts(ImportReport done) {
		return List.of(done.read(), done.added(), done.changed(), done.unchanged(), done.merged(), done.refused());
	}

	private static String item(String word, int number) {
		return "* [" + word + " " + number + "](https://" + word + ".example/" + number + ") - Ada Byron\n";
	}

	private static Flux<DataBuffer> text(String text) {
		return Flux.just(wrap(text));
	}

	private static DataBuffer wrap(String text) {
		return wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private static DataBuffer wrap(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

}
