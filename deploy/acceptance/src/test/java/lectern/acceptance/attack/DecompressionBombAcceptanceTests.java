package lectern.acceptance.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import lectern.acceptance.TestScale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Compressed content, which could be a thousand times as large, is never expanded. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class DecompressionBombAcceptanceTests {

	/** What a bomb would expand to. */
	private static final int EXPANDED_BYTES = 64 << 20;

	private static final String BOMB = new String(bomb(), StandardCharsets.ISO_8859_1);

	/** Far less than one bomb. */
	private static final long HEAP_TOLERANCE_BYTES = 16 << 20;

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "x-gzip", "GZIP", "deflate", "br", "zstd", "compress", "gzip, gzip",
			"identity, gzip", "nonsense" })
	void compressedContentIsUnsupported(String coding, LecternInstance lectern) throws IOException {
		RawExchange exchange = send(lectern, "/api/v1/readers", "application/json", coding, "");
		assertThat(exchange.text()).startsWith("HTTP/1.1 415 ")
			.contains("/problems/unsupported-media-type")
			.containsIgnoringCase("accept-encoding: identity");
	}

	@Test
	void bombsLeaveTheMemoryOfServicesAsItWas(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		String token = "Authorization: Bearer " + reader.token() + "\r\n";
		String curator = "Authorization: Bearer " + lectern.adminToken() + "\r\n";
		long catalog = lectern.liveHeapBytes("catalog-service");
		long progress = lectern.liveHeapBytes("progress-service");
		for (int round = 0; round < 5; round++) {
			assertUnsupported(send(lectern, "/api/v1/tokens", "application/json", "gzip", ""));
			assertUnsupported(send(lectern, "/api/v1/imports", "application/x-ndjson", "gzip", curator));
			assertUnsupported(send(lectern, "/api/v1/readers/" + reader.handle() + "/commands", "application/x-ndjson",
					"gzip", token));
			assertUnsupported(send(lectern, "/api/v1/readers/" + reader.handle() + "/readings", "application/json",
					"gzip", token));
		}
		TestScale.report(
				"20 bombs of %d KB that expand to %d MB: heap of catalog-service %+d KB, of progress-service %+d KB",
				BOMB.length() >> 10, EXPANDED_BYTES >> 20, (lectern.liveHeapBytes("catalog-service") - catalog) >> 10,
				(lectern.liveHeapBytes("progress-service") - progress) >> 10);
		assertThat(lectern.liveHeapBytes("catalog-service")).isLessThan(catalog + HEAP_TOLERANCE_BYTES);
		assertThat(lectern.liveHeapBytes("progress-service")).isLessThan(progress + HEAP_TOLERANCE_BYTES);
	}

	private static void assertUnsupported(RawExchange exchange) {
		assertThat(exchange.status()).as(exchange.text()).isEqualTo(415);
	}

	private static RawExchange send(LecternInstance lectern, String path, String type, String coding, String headers)
			throws IOException {
		return RawExchange.send(lectern.port(),
				"POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "Content-Type: " + type
						+ "\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + BOMB.length() + "\r\n\r\n"
						+ BOMB);
	}

	private static byte[] bomb() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
			for (int size = 0; size < EXPANDED_BYTES; size += spaces.length) {
				gzip.write(spaces);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.toByteArray();
	}

}
