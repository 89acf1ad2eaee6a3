package lectern.catalog.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import io.micrometer.core.instrument.Timer;
import lectern.catalog.ImportResponse;
import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static lectern.web.TestApiClient.buffer;
import static org.assertj.core.api.Assertions.assertThat;

/** Imports of NDJSON documents over HTTP. */
class DocumentImportIntegrationTests {

	private static final String PATH = """
			{"type":"path","id":"way","title":"A way","gates":[{"id":"g","title":"G","steps":[{"book":"a"},{"book":"z"}]}]}
			""";

	private final RunningCatalog catalog = RunningCatalog.empty();

	private final TestApiClient curator = this.catalog.curator();

	@Test
	void countsAddedChangedAndUnchangedBooks() {
		this.catalog.importDocuments(book("a", "A") + book("b", "B"))
			.assertCounts(2, 0, 0, 0, 0)
			.response()
			.assertMember("/state", "done");

		this.catalog.importDocuments(book("a", "A") + book("b", "Other") + book("c", "C")).assertCounts(1, 1, 1, 0, 0);

		this.curator.get("/books/b").assertVersion(2).assertMember("/title", "Other");
	}

	@Test
	void invalidLineIsRefusedWithPointerAndOthersAreWritten() {
		ImportResponse response = this.catalog
			.importDocuments("\uFEFF" + book("a", "A").strip() + "\r\n\r\n" + "{\"id\":\"b\",\"title\":7}\r\n"
					+ book("c", "C").strip() + "\r\n{\"id\":\"d\",\"title\":\"cut")
			.assertCounts(2, 0, 0, 0, 2)
			.assertRefused(3, "The member /title must be text.")
			.assertRefusedMember(3, "/title")
			.assertRefusedMember(5, "");

		this.curator.get("/imports/" + response.id()).assertMember("/refusals/0/pointer", "/title");
	}

	@Test
	void overlongOrNonUtf8LineIsRefusedAndOthersAreWritten() {
		byte[] part = new byte[1 << 16];
		Arrays.fill(part, (byte) 'x');
		byte[] malformed = "{\"id\":\"b\",\"title\":\"\u00ff\"}\n".getBytes(ISO_8859_1);

		this.catalog
			.importDocuments(Flux.concat(Mono.just(buffer(book("a", "A") + "{\"id\":\"long\",\"title\":\"")),
					Flux.range(0, 40).map((_) -> buffer(part)),
					Flux.just(buffer("\"}\n"), buffer(malformed), buffer(book("c", "C")))))
			.assertCounts(2, 0, 0, 0, 2)
			.assertRefused(2, "The line is longer than 1 MiB.")
			.assertRefused(3, "The line contains bytes that are not UTF-8.");
	}

	@Test
	void pathBeforeItsBooksIsRefusedUntilTheyExist() {
		String documents = PATH + books(600) + book("a", "A") + book("z", "Z");

		this.catalog.importDocuments(documents)
			.assertCounts(602, 0, 0, 0, 1)
			.assertRefused(1, "These books are not in the catalog: a, z.");
		this.catalog.importDocuments(documents).assertCounts(1, 0, 602, 0, 0);
		this.catalog.importDocuments(documents).assertCounts(0, 0, 603, 0, 0);

		this.curator.get("/paths/way").assertMember("/gates/0/steps/1/book", "z");
	}

	@Test
	void incompletablePathIsRefused() {
		this.catalog.importDocuments("""
				{"id":"way","title":"W","gates":[{"id":"g","title":"G","needs":["g"]}]}
				{"id":"other","title":"O","gates":[{"id":"g","title":"G","rule":{"type":"any","count":2}}]}
				{"id":"third","title":"O","gates":[{"id":"g","title":"G"},{"id":"g","title":"G"}]}
				{"id":"good","title":"O","gates":[{"id":"g","title":"G"}]}
				""").assertCounts(1, 0, 0, 0, 3).assertRefusedMember(3, "/gates/1/id");
	}

	@Test
	void rejectsCompressedBody() throws IOException {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(new byte[10_000_000]);
		}

		this.curator.contentType("application/x-ndjson")
			.with("Content-Encoding", "gzip")
			.post("/imports", Mono.just(buffer(compressed.toByteArray())))
			.assertStatus(415)
			.assertHeader("Accept-Encoding", "identity");

		assertThat(this.catalog.queryForLong("select count(*) from book")).isZero();
	}

	@Test
	void rejectsUnsupportedMediaType() {
		this.curator.post("/imports", "{}").assertStatus(415);
		this.curator.contentType("application/x-ndjson;charset=UTF-16").post("/imports", "{}").assertStatus(415);
	}

	@Test
	void importRequiresCurator() {
		this.catalog.reader().contentType("application/x-ndjson").post("/imports", book("a", "A")).assertStatus(403);
		assertThat(this.catalog.queryForLong("select count(*) from book")).isZero();
	}

	@Test
	void largeImportHoldsLockOnlyBriefly() {
		Flux<DataBuffer> body = Flux.range(0, 100).map((part) -> buffer(books("b-" + part, 100)));
		Timer appends = this.catalog.meters().get("lectern.log.append.duration").timer();
		long before = appends.count();

		this.catalog.importDocuments(body).assertCounts(10_000, 0, 0, 0, 0);

		System.out.printf("catalog: %d transactions for 10,000 books, the longest of this JVM %.0f ms%n",
				appends.count() - before, appends.max(TimeUnit.MILLISECONDS));
		assertThat(appends.count() - before).isEqualTo(20);
		assertThat(appends.max(TimeUnit.SECONDS)).isLessThan(5);
	}

	private static String book(String id, String title) {
		return "{\"type\":\"book\",\"id\":\"%s\",\"title\":\"%s\",\"authors\":[\"Ada Byron\"]}\n".formatted(id, title);
	}

	private static String books(int count) {
		return books("b", count);
	}

	private static String books(String prefix, int count) {
		return IntStream.range(0, count)
			.mapToObj((n) -> book(prefix + "-" + n, "Book " + n))
			.collect(Collectors.joining());
	}

}
