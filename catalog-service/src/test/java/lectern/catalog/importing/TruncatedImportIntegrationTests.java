package lectern.catalog.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.catalog.RunningCatalog;
import lectern.web.StreamedRequest;
import lectern.web.TestApiClient;
import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Bodies of which only the beginning is taken. */
class TruncatedImportIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.empty();

	@Test
	void truncatedListFailsImportAndKeepsReceivedLines() throws IOException {
		String list = IntStream.range(0, 250)
			.mapToObj((n) -> "* [cut %1$d](https://cut.example/%1$d) - Ada Byron\n".formatted(n))
			.collect(Collectors.joining());

		sendAndDisconnect("text/markdown", list + "* [Half a line](https://cut.example/half", 200);

		assertThat(this.catalog.queryForLong("select added from import")).isEqualTo(250);
		assertThat(this.catalog.queryForLong("select count(*) from book where id like 'cut-%'")).isEqualTo(250);
	}

	@Test
	void repeatedImportCompletesTruncatedDocuments() throws IOException {
		String documents = IntStream.range(0, 2000)
			.mapToObj((n) -> "{\"id\":\"b-%1$d\",\"title\":\"Book %1$d\"}\n".formatted(n))
			.collect(Collectors.joining());

		sendAndDisconnect("application/x-ndjson", documents.substring(0, documents.length() * 3 / 5), 500);

		long written = this.catalog.queryForLong("select count(*) from book");
		assertThat(written).isBetween(1000L, 1300L);
		this.catalog.importDocuments(documents).assertCounts(2000 - written, 0, written, 0, 0);
		assertThat(this.catalog.changeCount()).isEqualTo(2000);
	}

	@Test
	void nothingIsTakenAfterTheSessionHasEnded() throws IOException {
		String session = UUID.randomUUID().toString();
		String token = TestTokens.ofSession(session, List.of("curator"), Duration.ofMinutes(30));
		try (StreamedRequest request = StreamedRequest.post(this.catalog.port(), "/api/v1/imports",
				List.of("Authorization: Bearer " + token, "Content-Type: application/x-ndjson"))) {
			request.send("{\"id\":\"before-end\",\"title\":\"Before\"}\n");
			this.catalog.await("select state = 'running' from import");
			TestTokens.endSession(session);
			TestApiClient curator = this.catalog.anonymous().withToken(token);
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.untilAsserted(() -> curator.get("/imports").assertProblem(401, "unauthenticated"));
			request.send("{\"id\":\"after-end\",\"title\":\"After\"}\n");

			assertThat(request.status()).isEqualTo(401);
		}
		this.catalog.await("select state = 'failed' from import");
		assertThat(this.catalog.queryForLong("select count(*) from book where id = 'after-end'")).isZero();
	}

	/** Disconnect when a number of books is written, and wait until the import failed. */
	private void sendAndDisconnect(String contentType, String content, int added) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.catalog.port());
				OutputStream out = socket.getOutputStream()) {
			out.write("""
					POST /api/v1/imports HTTP/1.1\r
					Host: a\r
					Content-Type: %s\r
					Authorization: Bearer %s\r
					Content-Length: 1000000\r
					\r
					%s""".formatted(contentType, TestTokens.curator(), content).getBytes(UTF_8));
			out.flush();
			this.catalog.await("select coalesce(max(added), 0) >= " + added + " from import");
		}
		this.catalog.await("select state = 'failed' from import");
	}

}
