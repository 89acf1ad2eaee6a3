package lectern.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import lectern.streaming.server.SseServer;
import lectern.web.TestCertificate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of a gateway with a certificate, over HTTP/2 and HTTP/1.1. The client is that
 * of the JDK, which negotiates the protocol as browsers do.
 */
@NullUnmarked
class EncryptedStreamIntegrationTests extends GatewayFixture {

	@TempDir
	private static Path directory;

	private static TestCertificate certificate;

	@Autowired
	private SseServer sseServer;

	private HttpClient browser;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) throws Exception {
		certificate = TestCertificate.create();
		Path key = directory.resolve("key.pem");
		Path chain = directory.resolve("certificate.pem");
		certificate.write(chain, key);
		properties.add("lectern.tls.cert", chain::toString);
		properties.add("lectern.tls.key", key::toString);
		properties.add("lectern.streams.drain-timeout", () -> "300ms");
		properties.add("lectern.access-log.output", () -> "file");
		properties.add("lectern.access-log.file", () -> directory.resolve("access.log").toString());
	}

	@BeforeEach
	void trustCertificate() throws Exception {
		this.browser = HttpClient.newBuilder()
			.sslContext(TestCertificate.trusting(certificate))
			.connectTimeout(HANG_LIMIT)
			.build();
	}

	@Test
	void twentyStreamsShareOneHttp2Connection() throws Exception {
		List<BrowserStream> streams = new ArrayList<>(
				List.of(new BrowserStream(Version.HTTP_2).await(":lectern\nid:peerlog")));
		IntStream.range(1, 20).forEach((_) -> streams.add(new BrowserStream(Version.HTTP_2)));
		streams.forEach((stream) -> stream.await(":lectern\nid:peerlog"));
		String first = CATALOG_STUB.stream.commit("book-added", "one");
		streams.forEach((stream) -> stream.await("id:" + first + "\ndata:{"));
		String second = CATALOG_STUB.stream.commit("book-changed", "one");
		streams.forEach((stream) -> stream.await("id:" + second + "\ndata:{"));
		drain();
		List<HttpResponse<Void>> responses = new ArrayList<>();
		for (BrowserStream stream : streams) {
			responses.add(stream.ended());
		}
		assertThat(responses).allSatisfy((response) -> {
			assertThat(response.version()).isEqualTo(Version.HTTP_2);
			assertThat(response.statusCode()).isEqualTo(200);
		});
		assertThat(responses.stream().map(HttpResponse::connectionLabel).distinct()).hasSize(1);
	}

	@Test
	void servesStreamOverHttp11() throws Exception {
		BrowserStream stream = new BrowserStream(Version.HTTP_1_1).await(":lectern\nid:peerlog");
		String cursor = CATALOG_STUB.stream.commit("book-added", "two");
		stream.await("id:" + cursor + "\ndata:{");
		drain();
		assertThat(stream.ended().version()).isEqualTo(Version.HTTP_1_1);
	}

	/** More bytes than the flow-control windows of the stream and of its connection. */
	@Test
	void catchUpLargerThanFlowControlWindowIsComplete() throws Exception {
		BrowserStream live = new BrowserStream(Version.HTTP_2).await(":lectern");
		List<String> cursors = IntStream.range(0, 6_000)
			.mapToObj((_) -> CATALOG_STUB.stream.commit("book-changed", "three"))
			.toList();
		live.await(cursors.getLast());
		BrowserStream resumed = new BrowserStream(Version.HTTP_2, "Last-Event-ID", cursors.getFirst())
			.await(cursors.getLast());
		assertThat(resumed.text().split("\ndata:", -1)).hasSize(6_000);
		drain();
		live.ended();
		resumed.ended();
	}

	@ParameterizedTest
	@EnumSource(Version.class)
	void requestAndStreamAreInTheAccessLog(Version version) throws Exception {
		AccessLines lines = new AccessLines(directory.resolve("access.log"));
		String id = "encrypted-" + version;
		assertThat(this.browser
			.send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + this.port + "/api/v1"))
				.version(version)
				.header("X-Request-Id", id)
				.build(), BodyHandlers.ofString())
			.version()).isEqualTo(version);
		lines.assertOne(id).contains(" method=GET route=/api/v1 status=200 ").containsPattern(" bytes=[1-9]\\d* req");
		BrowserStream stream = new BrowserStream(version, "X-Request-Id", id + "-stream").await(":lectern");
		drain();
		stream.ended();
		lines.assertOne(id + "-stream").contains(" route=/api/v1/catalog/events status=200 ", " end=drain ");
	}

	/** End all streams, and start the server again. */
	private void drain() throws Exception {
		CompletableFuture<Boolean> stopped = new CompletableFuture<>();
		this.sseServer.stop(() -> stopped.complete(true));
		stopped.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
		this.sseServer.start();
	}

	/** A stream as a browser receives it. */
	private final class BrowserStream {

		private final StringBuilder received = new StringBuilder();

		private final CompletableFuture<HttpResponse<Void>> ended;

		BrowserStream(Version version, String... headers) {
			HttpRequest.Builder request = HttpRequest
				.newBuilder(URI.create(
						"https://127.0.0.1:" + EncryptedStreamIntegrationTests.this.port + "/api/v1/catalog/events"))
				.version(version);
			for (int index = 0; index < headers.length; index += 2) {
				request.header(headers[index], headers[index + 1]);
			}
			this.ended = EncryptedStreamIntegrationTests.this.browser.sendAsync(request.build(),
					BodyHandlers.ofByteArrayConsumer(
							(bytes) -> bytes.ifPresent((some) -> append(new String(some, StandardCharsets.UTF_8)))));
		}

		private synchronized void append(String text) {
			this.received.append(text);
		}

		synchronized String text() {
			return this.received.toString();
		}

		/** Each check searches only what has arrived since the check before. */
		BrowserStream await(String text) {
			AtomicInteger searched = new AtomicInteger();
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.untilAsserted(() -> assertThat(contains(text, searched)).as(text).isTrue());
			return this;
		}

		private synchronized boolean contains(String text, AtomicInteger searched) {
			int from = searched.getAndSet(this.received.length());
			return this.received.indexOf(text, Math.max(0, from - text.length())) >= 0;
		}

		/** The response, after the stream has ended with an end event. */
		HttpResponse<Void> ended() throws Exception {
			HttpResponse<Void> response = this.ended.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
			assertThat(text()).containsPattern("event:end\nid:\\S+\ndata:\\{\"reason\":\"drain\"}\n\n$");
			return response;
		}

	}

}
