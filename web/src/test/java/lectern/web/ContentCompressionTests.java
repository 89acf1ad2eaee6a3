package lectern.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ContentCompressionTests {

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "GZIP", "br, gzip", "gzip;q=0.5", "deflate;q=1, gzip ; q=0.1", "*", "br;q=0, *",
			"gzip, *;q=0", "gzip;q=1.0" })
	void acceptsGzip(String header) {
		assertThat(ContentCompression.isAccepted(header)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "identity", "br, deflate", "gzip;q=0", "gzip; q=0.000", "gzip;q=0, *", "*;q=0",
			"gzipped", "q=gzip" })
	void doesNotAcceptGzip(String header) {
		assertThat(ContentCompression.isAccepted(header)).isFalse();
	}

	@Test
	void absentHeaderDoesNotAcceptGzip() {
		assertThat(ContentCompression.isAccepted(null)).isFalse();
	}

	@Test
	void compressedContentIsSmallerAndReadable() throws IOException {
		byte[] content = "{\"title\":\"A Book\"}".repeat(200).getBytes(StandardCharsets.UTF_8);
		byte[] compressed = ContentCompression.compress(content);
		assertThat(compressed).hasSizeLessThan(content.length / 4).isEqualTo(ContentCompression.compress(content));
		try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
			assertThat(gzip.readAllBytes()).isEqualTo(content);
		}
	}

}
