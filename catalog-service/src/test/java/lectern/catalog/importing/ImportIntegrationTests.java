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

import lectern.web.TestTokens;
import lectern.catalog.importing.Import.State;
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
	private BodyImport bodies;

	@Autowired
	private LineReaders readers;

	@Autowired
	private Imports imports;

	@Autowired
	private Batches batches;

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
	void aListIsReadAndTheSecondTimeNothingChanges() {
		String list = """
				### Steam

				* [A Small List](https://small.example/1) - Ada Byron (PDF)
				* [A small list](https://small.example/2) - Ada Byron
				* [Another](https://small.example/3)
				* A line without a link
				""";
		long before = this.catalog.position();

		ResponseEntity<String> answer = this.catalog.post("?language=pt-br&source=small", list);

		Import done = this.catalog.done(answer);
		assertThat(counts(done)).containsExactly(4L, 2L, 0L, 0L, 1L, 1L);
		assertThat(done.state()).isEqualTo(State.DONE);
		assertThat(done.language()).isEqualTo("pt-BR");
		assertThat(done.source()).isEqualTo("small");
		assertThat(done.through()).isEqualTo(6);
		assertThat(done.endedAt()).isAfterOrEqualTo(done.startedAt());
		assertThat(done.refusals())
			.containsExactly(new Refusal(6, "It has no link: there is nothing to read.", "* A line without a link"));
		assertThat(answer.getHeaders().getLocation()).hasToString("/api/v1/imports/" + done.id());
		assertThat(answer.getHeaders().getFirst("Cursor")).isNotBlank();
		assertThat(this.catalog.position()).isEqualTo(before + 2);
		assertThat(this.catalog.get("/books/a-small-list").getBody()).contains("\"https://small.example/2\"",
				"\"Steam\"", "\"pt-BR\"");
		assertThat(this.catalog.read(this.catalog.get("/imports/" + done.id()))).isEqualTo(done);

		Import again = this.catalog.done(this.catalog.post("?language=pt-BR", list));

		assertThat(counts(again)).containsExactly(4L, 0L, 0L, 3L, 0L, 1L);
		assertThat(this.catalog.position()).isEqualTo(before + 2);
	}

	@Test
	void theLanguageIsThatOfTheListsFile() {
		assertThat(this.catalog.done(this.catalog.post("?source=free-programming-books-fa_IR.md", "")).language())
			.isEqualTo("fa-IR");
		assertThat(this.catalog.done(this.catalog.post("", "")).language()).isNull();
	}

	@Test
	void theLatestImportComesFirst() {
		Import first = this.catalog.done(this.catalog.post("", ""));
		Import second = this.catalog.done(this.catalog.post("", ""));

		assertThat(this.catalog.get("/imports?limit=1").getBody()).contains(second.id(), "\"next\"")
			.doesNotContain(first.id());
		assertThat(this.catalog.get("/imports").getBody()).containsSubsequence(second.id(), first.id());
		assertThat(this.catalog.get("/imports/none").getStatusCode().value()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?lang=en", "?language=english%20", "?language=x", "?language=", "?source=", "?source=%00",
			"?language=en&language=de" })
	void aParameterThatIsNotAllowed(String parameters) {
		ResponseEntity<String> answer = this.catalog.post(parameters, "* [T](https://a.example)");

		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getBody()).contains("/problems/invalid-parameter");
	}

	@Test
	void onlyCuratorsImportAndOnlyMarkdownInUtf8() {
		assertThat(status(TestTokens.reader(), "text/markdown")).isEqualTo(403);
		assertThat(status("", "text/markdown")).isEqualTo(401);
		assertThat(status(TestTokens.curator(), "text/plain")).isEqualTo(415);
		assertThat(status(TestTokens.curator(), "text/markdown;charset=ISO-8859-1")).isEqualTo(415);
		assertThat(status(TestTokens.curator(), "text/markdown;charset=utf-8")).isEqualTo(201);
	}

	@Test
	void aBodyThatIsCutFailsAndWhatHadComeIsKept() throws IOException {
		String body = IntStream.range(0, 250).mapToObj((n) -> item("cut", n)).reduce("", String::concat)
				+ "* [Half a line](https://cut.example/half";
		try (Socket socket = new Socket("127.0.0.1", this.port); OutputStream out = socket.getOutputStream()) {
			out.write(("POST /api/v1/imports?source=cut HTTP/1.1\r\nHost: a\r\nContent-Type: text/markdown\r\n"
					+ "Authorization: Bearer " + TestTokens.curator() + "\r\nContent-Length: 1000000\r\n\r\n" + body)
				.getBytes(StandardCharsets.UTF_8));
			out.flush();
			ImportFixture
				.eventually(number("select added from import where source = 'cut'").map((added) -> added >= 200));
		}
		ImportFixture.eventually(number("select count(*) from import where source = 'cut' and state = 'failed'")
			.map((failed) -> failed == 1));
		assertThat(this.catalog.number("select added from import where source = 'cut'")).isEqualTo(250);
		assertThat(this.catalog.number("select count(*) from book where id like 'cut-%'")).isEqualTo(250);
	}

	@Test
	void aLineOfTenMegabytesIsRefusedAndTheOthersAreNot() {
		byte[] part = new byte[1 << 16];
		Arrays.fill(part, (byte) 'a');
		Flux<DataBuffer> list = Flux.concat(text("* [Before](https://long.example/1)\n* [Long]("),
				Flux.range(0, 160).map((_) -> wrap(part)), text(")\n* [After](https://long.example/2)"));

		Import done = this.catalog.done(this.catalog.post("", list));

		assertThat(counts(done)).containsExactly(3L, 2L, 0L, 0L, 0L, 1L);
		Refusal refused = Objects.requireNonNull(done.refusals()).getFirst();
		assertThat(refused.line()).isEqualTo(2);
		assertThat(refused.reason()).isEqualTo("It is longer than 1 MiB.");
		assertThat(refused.text()).hasSize(200).startsWith("* [Long](aaa");
	}

	@Test
	void aBinaryBodyIsRefusedLineByLine() {
		Random random = new Random(7);
		Flux<DataBuffer> binary = Flux.range(0, 64).map((_) -> {
			byte[] bytes = new byte[1 << 14];
			random.nextBytes(bytes);
			return wrap(bytes);
		});

		Import done = this.catalog.done(this.catalog.post("", binary));

		assertThat(done.state()).isEqualTo(State.DONE);
		assertThat(done.read()).isEqualTo(done.refused()).isGreaterThan(3000);
		assertThat(done.refusals()).hasSize(Imports.REFUSALS);
	}

	@Test
	void theBodyIsReadNoFasterThanItIsWritten() {
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
					held.asMono().then(this.bodies.read(this.readers.list(null), null, null, list, Mono.never())))
			.block(HANG_LIMIT));

		assertThat(results.getT2()).isBetween(1, 8);
		assertThat(results.getT3().added()).isEqualTo(buffers * 80L);
	}

	@Test
	void whileImportsRunTheyAreShownAndTheCatalogIsReadAndWritten() {
		List<Sinks.Many<DataBuffer>> bodies = Stream
			.generate(() -> Sinks.many().unicast().<DataBuffer>onBackpressureBuffer())
			.limit(4)
			.toList();
		Mono<List<Import>> running = Flux.fromIterable(bodies)
			.flatMap((body) -> this.catalog.curator()
				.post()
				.uri("/imports?source=running")
				.contentType(MediaType.TEXT_MARKDOWN)
				.body(body.asFlux(), DataBuffer.class)
				.retrieve()
				.bodyToMono(Import.class), 4)
			.collectList()
			.cache();
		Mono<Long> shown = number("select count(*) from import where source = 'running' and state = 'running'");
		for (int at = 0; at < 4; at++) {
			for (int n = 0; n < 150; n++) {
				bodies.get(at).tryEmitNext(wrap(item("running-" + at, n))).orThrow();
			}
		}
		Mono<Void> meanwhile = Mono.fromRunnable(() -> {
			ImportFixture.eventually(shown.map((count) -> count == 4));
			ImportFixture.eventually(number("select sum(added)::bigint from import where source = 'running'")
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

		List<Import> done = Objects.requireNonNull(Mono.zip(running, meanwhile.thenReturn(true)).block(HANG_LIMIT))
			.getT1();

		assertThat(done).extracting(Import::added).containsExactly(150L, 150L, 150L, 150L);
	}

	@Test
	void aBatchIsTriedAgainWhenTheDatabaseWasAway() {
		Sinks.Empty<Void> away = Sinks.empty();
		Flux<DataBuffer> list = Flux.concat(Flux.range(0, 150).map((n) -> wrap(item("away", n))),
				away.asMono().then(Mono.empty()), Flux.range(150, 150).map((n) -> wrap(item("away", n))));
		Mono<Long> killed = number("select added from import where source = 'away'").filter((added) -> added == 100)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(20)))
			.then(number("""
					select count(pg_terminate_backend(pid)) from pg_stat_activity
					where datname = current_database() and pid <> pg_backend_pid()
					"""))
			.doFinally((_) -> away.tryEmitEmpty());

		Import done = Objects
			.requireNonNull(
					Mono.zip(this.bodies.read(this.readers.list(null), null, "away", list, Mono.never()), killed)
						.block(HANG_LIMIT))
			.getT1();

		assertThat(done.state()).isEqualTo(State.DONE);
		assertThat(counts(done)).containsExactly(300L, 300L, 0L, 0L, 0L, 0L);
		// The pool drops each connection that was killed when it is next taken from it.
		Flux.range(0, 16).flatMap((_) -> number("select count(pg_sleep(0.1))").retry(16), 16).then().block(HANG_LIMIT);
	}

	@Test
	void aBatchWhoseCommitWasNotHeardOfCountsOnce() {
		String id = Objects.requireNonNull(this.imports.begin("en", null).block(HANG_LIMIT));
		List<CountedLine> lines = List.of(new Refusal(3, "a reason", "a line"));

		this.batches.write(id, lines).then(this.batches.write(id, lines)).block(HANG_LIMIT);

		assertThat(Objects.requireNonNull(this.imports.find(id).block(HANG_LIMIT)).refused()).isEqualTo(1);
	}

	@Test
	void whatAKilledProcessLeftRunningIsFailedAtTheNextStart() {
		String left = Objects.requireNonNull(this.imports.begin(null, "left").block(HANG_LIMIT));
		RunningImports next = new RunningImports(this.bodies, this.imports, Clock.systemUTC());

		next.start();

		ImportFixture.eventually(this.imports.find(left).map((found) -> found.state() == State.FAILED));
		next.stop();
	}

	@Test
	void aStopWritesWhatHasCome() {
		RunningImports process = new RunningImports(this.bodies, this.imports, Clock.systemUTC());
		Sinks.Empty<Void> stopped = Sinks.empty();
		Flux<DataBuffer> list = Flux.range(0, 150).map((n) -> wrap(item("stop", n))).concatWith(Flux.never());
		Mono<String> running = process.run(this.readers.list(null), null, "stop", list)
			.map(Import::id)
			.onErrorResume((failure) -> Mono.just(failure.getMessage()));
		Mono<Void> stop = number("select added from import where source = 'stop'").filter((added) -> added == 100)
			.repeatWhenEmpty((times) -> times.delayElements(Duration.ofMillis(20)))
			.doOnNext((_) -> process.stop(stopped::tryEmitEmpty))
			.then(stopped.asMono());

		assertThat(Objects.requireNonNull(Mono.zip(running, stop.thenReturn(true)).block(HANG_LIMIT)).getT1())
			.contains("The catalog stops");
		assertThat(this.catalog.number("select added from import where source = 'stop' and state = 'failed'"))
			.isEqualTo(150);
	}

	private Mono<Long> number(String sql) {
		return this.database.sql(sql).map((row) -> row.get(0, Long.class)).one();
	}

	private int status(String token, String type) {
		return Objects.requireNonNull(this.catalog.stranger().post().uri("/imports").headers((headers) -> {
			if (!token.isEmpty()) {
				headers.setBearerAuth(token);
			}
			headers.set(HttpHeaders.CONTENT_TYPE, type);
		})
			.body(Mono.just(wrap("")), DataBuffer.class)
			.exchangeToMono((answer) -> answer.releaseBody().thenReturn(answer.statusCode().value()))
			.block(HANG_LIMIT));
	}

	private static List<Long> counts(Import done) {
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
