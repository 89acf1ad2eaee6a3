package lectern.catalog.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import lectern.catalog.RunningCatalog;
import lectern.web.TestTokens;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentImportIntegrationTests {

	private static final String PATH = """
			{"type":"path","id":"way","title":"A way","gates":[{"id":"g","title":"G","steps":[{"book":"a"},{"book":"z"}]}]}
			""";

	private final RunningCatalog catalog = RunningCatalog.empty();

	@Test
	void countsAddedChangedAndUnchangedBooks() {
		JsonNode first = this.catalog.importDocuments(book("a", "A") + book("b", "B"));
		JsonNode second = this.catalog.importDocuments(book("a", "A") + book("b", "Other") + book("c", "C"));

		expectCounts(first, 2, 0, 0, 0);
		expectCounts(second, 1, 1, 1, 0);
		assertThat(first.get("state").asString()).isEqualTo("done");
		assertThat(get("/books/b")).contains("\"title\":\"Other\"", "\"version\":2");
	}

	@Test
	void invalidLineIsRefusedWithPointerAndOthersAreWritten() {
		JsonNode done = this.catalog.importDocuments("\uFEFF" + book("a", "A").strip() + "\r\n\r\n"
				+ "{\"id\":\"b\",\"title\":7}\r\n" + book("c", "C").strip() + "\r\n{\"id\":\"d\",\"title\":\"cut");

		expectCounts(done, 2, 0, 0, 2);
		assertThat(done.at("/refusals/0/line").asInt()).isEqualTo(3);
		assertThat(done.at("/refusals/0/pointer").asString()).isEqualTo("/title");
		assertThat(done.at("/refusals/0/reason").asString()).isEqualTo("The member /title has the wrong type or form.");
		assertThat(done.at("/refusals/1/line").asInt()).isEqualTo(5);
		assertThat(done.at("/refusals/1").has("pointer")).isFalse();
		assertThat(get("/imports/" + done.get("id").asString())).contains("\"pointer\":\"/title\"");
	}

	@Test
	void overlongOrNonUtf8LineIsRefusedAndOthersAreWritten() {
		byte[] part = new byte[1 << 16];
		Arrays.fill(part, (byte) 'x');
		byte[] broken = "{\"id\":\"b\",\"title\":\"\u00ff\"}\n".getBytes(StandardCharsets.ISO_8859_1);

		JsonNode done = this.catalog.importDocuments(Flux.concat(
				buffer(book("a", "A") + "{\"id\":\"long\",\"title\":\""), Flux.range(0, 40).map((_) -> buffer(part)),
				buffer("\"}\n"), Mono.just(buffer(broken)), buffer(book("c", "C"))));

		expectCounts(done, 2, 0, 0, 2);
		assertThat(done.at("/refusals/0/reason").asString()).isEqualTo("The line is longer than 1 MiB.");
		assertThat(done.at("/refusals/1/reason").asString()).isEqualTo("The line contains bytes that are not UTF-8.");
	}

	@Test
	void pathBeforeItsBooksIsRefusedUntilTheyExist() {
		String many = IntStream.range(0, 600).mapToObj((n) -> book("b-" + n, "B")).collect(Collectors.joining());

		JsonNode early = this.catalog.importDocuments(PATH + many + book("a", "A") + book("z", "Z"));
		JsonNode again = this.catalog.importDocuments(PATH + many + book("a", "A") + book("z", "Z"));
		JsonNode same = this.catalog.importDocuments(PATH + many + book("a", "A") + book("z", "Z"));

		expectCounts(early, 602, 0, 0, 1);
		assertThat(early.at("/refusals/0/reason").asString()).isEqualTo("These books are not in the catalog: a, z.");
		expectCounts(again, 1, 0, 602, 0);
		expectCounts(same, 0, 0, 603, 0);
		assertThat(get("/paths/way")).contains("\"book\":\"z\"");
	}

	@Test
	void incompletablePathIsRefused() {
		JsonNode done = this.catalog.importDocuments("""
				{"id":"way","title":"W","gates":[{"id":"g","title":"G","needs":["g"]}]}
				{"id":"other","title":"O","gates":[{"id":"g","title":"G","rule":{"type":"any","count":2}}]}
				{"id":"third","title":"O","gates":[{"id":"g","title":"G"},{"id":"g","title":"G"}]}
				{"id":"good","title":"O","gates":[{"id":"g","title":"G"}]}
				""");

		expectCounts(done, 1, 0, 0, 3);
		assertThat(done.at("/refusals/2/pointer").asString()).isEqualTo("/gates/1/id");
	}

	@Test
	void rejectsCompressedOrUnsupportedBody() throws IOException {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(bomb)) {
			gzip.write(new byte[10_000_000]);
		}

		ResponseEntity<String> packed = this.catalog.post("application/x-ndjson", Mono.just(buffer(bomb.toByteArray())),
				"gzip");

		assertThat(packed.getStatusCode().value()).isEqualTo(415);
		assertThat(packed.getHeaders().getFirst("Accept-Encoding")).isEqualTo("identity");
		assertThat(this.catalog.post("application/json", buffer("{}"), null).getStatusCode().value()).isEqualTo(415);
		assertThat(this.catalog.post("application/x-ndjson;charset=UTF-16", buffer("{}"), null).getStatusCode().value())
			.isEqualTo(415);
		assertThat(WebClient.create(this.catalog.address())
			.post()
			.uri("/imports")
			.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(book("a", "A"))
			.exchangeToMono((answer) -> answer.releaseBody().thenReturn(answer.statusCode().value()))
			.block(RunningCatalog.TIMEOUT)).isEqualTo(403);
		assertThat(this.catalog.queryForLong("select count(*) from book")).isZero();
	}

	@Test
	void repeatedImportCompletesTruncatedOne() throws IOException {
		String whole = IntStream.range(0, 2000)
			.mapToObj((n) -> book("b-" + n, "Book " + n))
			.collect(Collectors.joining());
		try (Socket socket = new Socket("127.0.0.1", catalog.port()); OutputStream out = socket.getOutputStream()) {
			out.write(("POST /api/v1/imports?source=cut HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-ndjson\r\n"
					+ "Authorization: Bearer " + TestTokens.curator() + "\r\nContent-Length: " + whole.length()
					+ "\r\n\r\n" + whole.substring(0, whole.length() * 3 / 5))
				.getBytes(StandardCharsets.UTF_8));
			out.flush();
			this.catalog.await("select coalesce(max(added), 0) >= 500 from import where source = 'cut'");
		}
		this.catalog.await("select count(*) = 1 from import where source = 'cut' and state = 'failed'");
		long kept = this.catalog.queryForLong("select count(*) from book");
		assertThat(kept).isBetween(1000L, 1300L);

		JsonNode again = this.catalog.importDocuments(whole);

		expectCounts(again, 2000 - kept, 0, kept, 0);
		assertThat(this.catalog.queryForLong("select count(*) from change")).isEqualTo(2000);
	}

	@Test
	void largeImportHoldsLockOnlyBriefly() {
		Flux<DataBuffer> body = Flux.range(0, 200)
			.map((part) -> buffer(IntStream.range(0, 100)
				.mapToObj((n) -> book("b-" + part + "-" + n, "Book " + n))
				.collect(Collectors.joining())
				.getBytes(StandardCharsets.UTF_8)));
		long turns = this.catalog.meters().get("lectern.log.append.duration").timer().count();

		JsonNode done = this.catalog.importDocuments(body);

		expectCounts(done, 20_000, 0, 0, 0);
		var timer = this.catalog.meters().get("lectern.log.append.duration").timer();
		System.out.printf("catalog: %d turns for 20,000 books, the longest of all so far %.0f ms%n",
				timer.count() - turns, timer.max(TimeUnit.MILLISECONDS));
		assertThat(timer.count() - turns).isEqualTo(40);
		assertThat(timer.max(TimeUnit.SECONDS)).isLessThan(5);
	}

	private static void expectCounts(JsonNode done, long added, long changed, long unchanged, long refused) {
		assertThat(done.get("refusals")).hasSize((int) refused);
		assertThat(done.get("added").asLong()).isEqualTo(added);
		assertThat(done.get("changed").asLong()).isEqualTo(changed);
		assertThat(done.get("unchanged").asLong()).isEqualTo(unchanged);
		assertThat(done.get("refused").asLong()).isEqualTo(refused);
		assertThat(done.get("read").asLong()).isEqualTo(added + changed + unchanged + refused);
	}

	private String get(String path) {
		return Objects.requireNonNull(this.catalog.curator()
			.get()
			.uri(path)
			.retrieve()
			.bodyToMono(String.class)
			.block(RunningCatalog.TIMEOUT));
	}

	private static String book(String id, String title) {
		return "{\"type\":\"book\",\"id\":\"" + id + "\",\"title\":\"" + title + "\",\"authors\":[\"Ada Byron\"]}\n";
	}

	private static Mono<DataBuffer> buffer(String text) {
		return Mono.just(buffer(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static DataBuffer buffer(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

}
