package lectern.catalog.export;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** All books are replaced while a client reads an export. */
class ExportDuringWritesIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.empty();

	@Test
	void exportIsConsistentDuringWrites() {
		this.catalog.importDocuments(LargeBooks.ndjson("Before"));
		ByteArrayOutputStream export = new ByteArrayOutputStream();
		AtomicBoolean replaced = new AtomicBoolean();

		this.catalog.anonymous()
			.request(HttpMethod.GET, "/export")
			.retrieve()
			.bodyToFlux(DataBuffer.class)
			.limitRate(1)
			.map(ExportDuringWritesIntegrationTests::bytes)
			.doOnNext(export::writeBytes)
			.concatMap((_) -> replaced.compareAndSet(false, true) ? replaceBooks() : Mono.empty(), 1)
			.blockLast(HANG_LIMIT);

		assertTitles(export.toString(UTF_8), "Before");
		assertTitles(this.catalog.anonymous().get("/export").text(), "After");
	}

	private Mono<TestApiResponse> replaceBooks() {
		return this.catalog.curator()
			.contentType("application/x-ndjson")
			.send(HttpMethod.POST, "/imports", LargeBooks.ndjson("After"))
			.doOnNext((response) -> response.assertStatus(201));
	}

	private static void assertTitles(String export, String title) {
		assertThat(export.lines()).hasSize(LargeBooks.COUNT)
			.allMatch((line) -> line.contains("\"title\":\"" + title + "\""));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
