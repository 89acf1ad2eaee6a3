package lectern.catalog.importing;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import lectern.catalog.ImportResponse;
import lectern.catalog.RunningCatalog;
import lectern.catalog.importing.ImportReport.ImportState;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;

import static lectern.web.TestApiClient.buffer;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Imports of Markdown lists over HTTP. */
class ListImportIntegrationTests {

	private static final int MAX_CONCURRENT_IMPORTS = 4;

	private final RunningCatalog catalog = RunningCatalog.empty();

	private final TestApiClient curator = this.catalog.curator();

	@Test
	void secondImportOfListChangesNothing() {
		String list = """
				### Steam

				* [A Small List](https://small.example/1) - Ada Byron (PDF)
				* [A small list](https://small.example/2) - Ada Byron
				* [Another](https://small.example/3)
				* A line without a link
				""";

		ImportResponse first = this.catalog.importList("?language=pt-br&source=small", list)
			.assertCounts(2, 0, 0, 1, 1)
			.assertRefused(6, "The line has no link.");

		first.response().assertCursor().assertHeader("Location", "/api/v1/imports/" + first.id());
		ImportReport report = first.response().as(ImportReport.class);
		assertThat(report.state()).isEqualTo(ImportState.DONE);
		assertThat(report.language()).isEqualTo("pt-BR");
		assertThat(report.source()).isEqualTo("small");
		assertThat(report.through()).isEqualTo(6);
		assertThat(report.endedAt()).isAfterOrEqualTo(report.startedAt());
		assertThat(report.refusals()).extracting(RefusedLine::text).containsExactly("* A line without a link");
		assertThat(this.curator.get("/imports/" + first.id()).as(ImportReport.class)).isEqualTo(report);
		assertThat(this.curator.get("/books/a-small-list").text()).contains("\"https://small.example/2\"", "\"Steam\"",
				"\"pt-BR\"");
		assertThat(this.catalog.changeCount()).isEqualTo(2);

		this.catalog.importList("?language=pt-BR", list).assertCounts(0, 0, 3, 0, 1);

		assertThat(this.catalog.changeCount()).isEqualTo(2);
	}

	@Test
	void languageIsDerivedFromSourceName() {
		this.catalog.importList("?source=free-programming-books-fa_IR.md", "")
			.response()
			.assertMember("/language", "fa-IR");
		this.catalog.importList("", "").response().assertMember("/language", null);
	}

	@Test
	void importsAreListedNewestFirst() {
		String first = this.catalog.importList("", "").id();
		String second = this.catalog.importList("", "").id();

		this.curator.get("/imports")
			.assertStatus(200)
			.assertMember("/items/0/id", second)
			.assertMember("/items/1/id", first);
		TestApiResponse page = this.curator.get("/imports?limit=1").assertMember("/items/0/id", second);
		assertThat(page.at("/items")).hasSize(1);
		assertThat(page.json().has("next")).isTrue();
	}

	@Test
	void unknownImportIsNotFound() {
		this.curator.get("/imports/none").assertProblem(404, "not-found");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?lang=en", "?language=english%20", "?language=x", "?language=", "?source=", "?source=%00",
			"?language=en&language=de" })
	void rejectsInvalidParameter(String parameters) {
		this.curator.contentType("text/markdown")
			.post("/imports" + parameters, "* [T](https://a.example)")
			.assertProblem(400, "invalid-parameter");
	}

	@Test
	void importRequiresCurator() {
		this.catalog.reader().contentType("text/markdown").post("/imports", "").assertStatus(403);
		this.catalog.anonymous().contentType("text/markdown").post("/imports", "").assertStatus(401);
	}

	@Test
	void importRequiresUtf8Markdown() {
		this.curator.contentType("text/plain").post("/imports", "text").assertStatus(415);
		this.curator.contentType("text/markdown;charset=ISO-8859-1").post("/imports", "text").assertStatus(415);
		this.curator.contentType("text/markdown;charset=utf-8").post("/imports", "").assertStatus(201);
	}

	@Test
	void overlongLineIsRefusedAndOthersAreWritten() {
		byte[] part = new byte[1 << 16];
		Arrays.fill(part, (byte) 'a');
		Flux<DataBuffer> list = Flux.concat(Mono.just(buffer("* [Before](https://long.example/1)\n* [Long](")),
				Flux.range(0, 160).map((_) -> buffer(part)), Mono.just(buffer(")\n* [After](https://long.example/2)")));

		ImportResponse response = this.catalog.importList("", list)
			.assertCounts(2, 0, 0, 0, 1)
			.assertRefused(2, "The line is longer than 1 MiB.");

		assertThat(response.refusals().get(0).get("text").asString()).hasSize(200).startsWith("* [Long](aaa");
	}

	@Test
	void binaryBodyIsRefusedLineByLine() {
		Random random = new Random(7);
		Flux<DataBuffer> binary = Flux.range(0, 64).map((_) -> {
			byte[] bytes = new byte[1 << 14];
			random.nextBytes(bytes);
			return buffer(bytes);
		});

		ImportResponse response = this.catalog.importList("", binary);

		assertThat(response.count("read")).isEqualTo(response.count("refused")).isGreaterThan(3000);
		assertThat(response.refusals()).hasSize(ImportReports.MAX_STORED_REFUSALS);
	}

	@Test
	void runningImportsDoNotBlockReadsOrWrites() {
		List<Sinks.Many<DataBuffer>> bodies = Stream
			.generate(() -> Sinks.many().unicast().<DataBuffer>onBackpressureBuffer())
			.limit(MAX_CONCURRENT_IMPORTS)
			.toList();
		Mono<List<TestApiResponse>> imports = Flux.fromIterable(bodies)
			.flatMap((body) -> this.curator.contentType("text/markdown")
				.send(HttpMethod.POST, "/imports?source=running", body.asFlux()), MAX_CONCURRENT_IMPORTS)
			.collectList()
			.cache();
		imports.subscribe();
		for (int body = 0; body < MAX_CONCURRENT_IMPORTS; body++) {
			for (int n = 0; n < 150; n++) {
				bodies.get(body).tryEmitNext(buffer(item("running-" + body, n))).orThrow();
			}
		}
		this.catalog.await("select count(*) = 4 and sum(added) = 400 from import where state = 'running'");

		this.curator.get("/imports?limit=4").assertStatus(200).assertMember("/items/3/state", "running");
		this.curator.get("/books/running-0-0").assertStatus(200);
		this.curator.put("/books/written-meanwhile", "{\"title\":\"Written meanwhile\"}").assertStatus(201);
		this.curator.contentType("text/markdown")
			.post("/imports", "")
			.assertProblem(503, "unavailable")
			.header("Retry-After");

		bodies.forEach((body) -> body.tryEmitComplete().orThrow());
		assertThat(imports.block(HANG_LIMIT))
			.allSatisfy((response) -> response.assertStatus(201).assertMember("/added", 150));
	}

	private static String item(String word, int number) {
		return "* [%1$s %2$d](https://%1$s.example/%2$d) - Ada Byron\n".formatted(word, number);
	}

}
