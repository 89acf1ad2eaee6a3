package lectern.catalog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Which responses are compressed, and what a cache sees of that. */
class CompressionIntegrationTests {

	private static final String BOOK = "/books/compressed";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient plain = this.catalog.anonymous();

	private final TestApiClient gzip = this.catalog.anonymous().with(HttpHeaders.ACCEPT_ENCODING, "gzip");

	CompressionIntegrationTests() {
		this.catalog.saveBook("compressed",
				"{\"title\":\"Compressed\",\"summary\":\"%s\"}".formatted("long ".repeat(400)));
		this.catalog.saveBook("uncompressed", "{\"title\":\"Uncompressed\"}");
	}

	@Test
	void longResponseIsCompressedWithSameTag() throws IOException {
		TestApiResponse expected = this.plain.get(BOOK).assertStatus(200).assertNoHeader(HttpHeaders.CONTENT_ENCODING);
		ResponseEntity<byte[]> compressed = getBytes(BOOK);
		assertThat(compressed.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING)).isEqualTo("gzip");
		assertThat(compressed.getHeaders().getVary()).contains(HttpHeaders.ACCEPT_ENCODING);
		assertThat(expected.headers().getVary()).contains(HttpHeaders.ACCEPT_ENCODING);
		assertThat(compressed.getHeaders().getETag()).isEqualTo(expected.etag()).doesNotStartWith("W/");
		byte[] content = Objects.requireNonNull(compressed.getBody());
		assertThat(compressed.getHeaders().getContentLength()).isEqualTo(content.length).isLessThan(1000);
		try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(content))) {
			assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(expected.text());
		}
	}

	@Test
	void tagOfCompressedResponseMatches() {
		String tag = Objects.requireNonNull(getBytes(BOOK).getHeaders().getETag());
		this.gzip.ifNoneMatch(tag).get(BOOK).assertStatus(304).assertHeader(HttpHeaders.VARY, "Accept-Encoding");
		this.plain.ifNoneMatch(tag).get(BOOK).assertStatus(304);
		this.catalog.curator().ifMatch(tag).put(BOOK, "{\"title\":\"Compressed\"}").assertStatus(200);
	}

	@Test
	void headHasTheHeadersOfGet() {
		TestApiResponse head = this.gzip.head("/books").assertStatus(200);
		head.assertHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
	}

	@Test
	void shortResponseIsNotCompressed() {
		this.gzip.get("/books/uncompressed").assertStatus(200).assertNoHeader(HttpHeaders.CONTENT_ENCODING);
	}

	@Test
	void streamsAreNotCompressed() {
		for (String path : new String[] { "/catalog/events?after=start", "/export" }) {
			String encoding = this.gzip.request(HttpMethod.GET, path)
				.exchangeToFlux((response) -> response.bodyToFlux(String.class)
					.map((_) -> String
						.valueOf(response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_ENCODING))))
				.next()
				.block(HANG_LIMIT);
			assertThat(encoding).as(path).isEqualTo("null");
		}
	}

	private ResponseEntity<byte[]> getBytes(String path) {
		return Objects.requireNonNull(this.gzip.request(HttpMethod.GET, path)
			.exchangeToMono((response) -> response.toEntity(byte[].class))
			.block(HANG_LIMIT));
	}

}
