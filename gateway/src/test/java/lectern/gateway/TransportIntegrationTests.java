package lectern.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;

import io.netty.handler.codec.http2.Http2Error;
import lectern.web.RawHttp2Connection;
import lectern.web.RawHttp2Connection.Response;
import lectern.web.TestCertificate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** TLS and HTTP/2 of the gateway, as attackers and a renewed certificate meet them. */
@NullUnmarked
@ExtendWith(OutputCaptureExtension.class)
class TransportIntegrationTests extends GatewayFixture {

	private static final String BOOKS = "/api/v1/books";

	/** More than any limit. */
	private static final int FLOOD = 2_000;

	/**
	 * Each has an address of its own, because one that floods often gets no connection.
	 */
	private static final AtomicInteger ATTACKERS = new AtomicInteger();

	@TempDir
	private static Path folder;

	private static TestCertificate first;

	private static TestCertificate second;

	private SSLContext trusting;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry properties) throws Exception {
		first = TestCertificate.create();
		second = TestCertificate.create("RSA");
		first.write(chain(), key());
		properties.add("lectern.tls.cert", () -> chain().toString());
		properties.add("lectern.tls.key", () -> key().toString());
		properties.add("lectern.hosts.allowed", () -> "lectern.example.org");
		properties.add("lectern.http.head-timeout", () -> "5s");
		properties.add("lectern.proxies.trusted", () -> "127.0.0.1");
		properties.add("lectern.proxies.proxy-protocol", () -> true);
	}

	private static Path chain() {
		return folder.resolve("certificate.pem");
	}

	private static Path key() {
		return folder.resolve("key.pem");
	}

	@BeforeEach
	void trustBoth() throws Exception {
		this.trusting = TestCertificate.trusting(first, second);
	}

	@Test
	void renewedCertificateIsForNewConnections() throws Exception {
		first.write(chain(), key());
		awaitCertificate(first);
		try (RawHttp2Connection old = open()) {
			old.request(1, ":method", "GET", ":scheme", "https", ":path", "/api/v1/catalog/events", ":authority",
					"127.0.0.1");
			assertThat(old.response(1).status()).isEqualTo("200");
			second.write(chain(), key());
			awaitCertificate(second);

			String cursor = CATALOG_STUB.stream.commit("book-added", "renewed");
			StringBuilder received = new StringBuilder();
			while (received.indexOf("id:" + cursor) < 0) {
				received.append(new String(old.read().payload(), StandardCharsets.UTF_8));
			}
			assertServed(old, 3);
		}
	}

	private void awaitCertificate(TestCertificate expected) {
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> {
			try (RawHttp2Connection connection = open()) {
				assertThat(connection.certificate()).isEqualTo(expected.certificate());
			}
		});
	}

	@Test
	void responsesOverTlsDemandTls() throws Exception {
		try (HttpClient client = HttpClient.newBuilder().sslContext(this.trusting).build()) {
			for (String path : List.of(BOOKS, "/", "/nowhere", "/api/v1/catalog/events",
					"/api/v1/readers/ada/events")) {
				for (Version version : List.of(Version.HTTP_1_1, Version.HTTP_2)) {
					HttpResponse<InputStream> response = client
						.send(HttpRequest.newBuilder(uri(path)).version(version).build(), BodyHandlers.ofInputStream());
					response.body().close();
					assertThat(response.version()).isEqualTo(version);
					assertThat(response.headers().allValues("Strict-Transport-Security")).as(path)
						.containsExactly("max-age=31536000");
				}
			}
			HttpResponse<String> response = client.send(HttpRequest.newBuilder(uri("/api/v1/readers/ada/readings"))
				.header("Cookie", "__Host-lectern-token=expired")
				.build(), BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().allValues("Set-Cookie")).singleElement()
				.asString()
				.startsWith("__Host-lectern-token=;")
				.containsIgnoringCase("; httponly")
				.contains("; Path=/", "; Secure", "; SameSite=Strict");
		}
	}

	private URI uri(String path) {
		return URI.create("https://127.0.0.1:" + this.port + path);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			:authority, two words                                | 400 | malformed
			:authority, elsewhere.example                        | 400 | malformed
			:authority, lectern.example.org, host, elsewhere     | 400 | malformed
			host, a.example, host, b.example                     | 400 | malformed
			accept, text/html                                    | 400 | malformed
			:authority, lectern.example.org, x-large, 10000      | 431 | headers-too-large
			""")
	void refusalOverHttp2IsProblem(String headers, String status, String type) throws Exception {
		try (RawHttp2Connection connection = open()) {
			connection.request(1, headersOf(headers, BOOKS));
			assertProblem(connection.response(1), status, type);
			assertServed(connection, 3);
		}
	}

	@Test
	void longPathOverHttp2IsUriTooLong() throws Exception {
		try (RawHttp2Connection connection = open()) {
			byte[] block = RawHttp2Connection.block(headersOf(":authority, localhost", "/" + "x".repeat(17_000)));
			connection.send(RawHttp2Connection.HEADERS, RawHttp2Connection.END_STREAM, 1, slice(block, 0, 16_000));
			connection.send(RawHttp2Connection.CONTINUATION, RawHttp2Connection.END_HEADERS, 1,
					slice(block, 16_000, block.length));
			assertProblem(connection.response(1), "414", "uri-too-long");
			assertServed(connection, 3);
		}
	}

	private static byte[] slice(byte[] all, int from, int to) {
		return Arrays.copyOfRange(all, from, to);
	}

	/** A number in place of a value is the length of the value. */
	private static String[] headersOf(String headers, String path) {
		String[] all = (":method, GET, :scheme, https, :path, " + path + ", " + headers).split(", ");
		String last = all[all.length - 1];
		all[all.length - 1] = last.matches("\\d+") ? "x".repeat(Integer.parseInt(last)) : last;
		return all;
	}

	private static void assertProblem(Response response, String status, String type) {
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.content()).contains("\"type\":\"/problems/" + type + "\"");
		assertThat(response.header("content-type")).isEqualTo("application/problem+json");
		assertThat(response.header("strict-transport-security")).isEqualTo("max-age=31536000");
		assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
		assertThat(response.content()).contains("\"requestId\":\"" + response.header("x-request-id") + "\"");
	}

	@Test
	void requestsForAllowedHostsAreServed() throws Exception {
		try (RawHttp2Connection connection = open()) {
			int stream = 1;
			for (String headers : List.of(":authority, lectern.example.org", ":authority, Lectern.Example.org.:443",
					"host, lectern.example.org", ":authority, localhost:8443, host, localhost:8443",
					":authority, [::1]:" + this.port)) {
				connection.request(stream, headersOf(headers, BOOKS));
				assertThat(connection.response(stream).status()).as(headers).isEqualTo("200");
				stream += 2;
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET / HTTP/1.1, '', 400, malformed", "GET / HTTP/1.1, 'Host: elsewhere.example\r\n', 400, malformed",
			"GET / HTTP/1.1, 'Host: localhost\r\nHost: localhost\r\n', 400, malformed",
			"GET / HTTP/3.0, 'Host: localhost\r\n', 505, http-version-not-supported",
			"GET  /  HTTP/1.1 , 'Host: localhost\r\n Folded: x\r\n', 400, malformed" })
	void refusalOverHttp11IsProblem(String line, String headers, int status, String type) throws Exception {
		try (Socket socket = this.trusting.getSocketFactory().createSocket("127.0.0.1", this.port)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream().write((line + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 " + status)
				.containsIgnoringCase("strict-transport-security: max-age=31536000\r\n")
				.containsIgnoringCase("x-content-type-options: nosniff\r\n")
				.containsIgnoringCase("x-request-id: ")
				.contains("/problems/" + type);
		}
	}

	@Test
	void headThatDoesNotArriveOverHttp11IsStalled() throws Exception {
		try (Socket socket = this.trusting.getSocketFactory().createSocket("127.0.0.1", this.port)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream().write("GET / HTTP/1.1\r\nHost:".getBytes(StandardCharsets.ISO_8859_1));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 408")
				.contains("/problems/stalled");
		}
	}

	@Test
	void rapidResetEndsConnection(CapturedOutput output) throws Exception {
		assertFloodEnds(Http2Error.ENHANCE_YOUR_CALM, (connection, number) -> {
			int stream = 2 * number + 1;
			connection.request(stream, headersOf(":authority, localhost", BOOKS));
			connection.send(RawHttp2Connection.RST_STREAM, 0, stream, new byte[] { 0, 0, 0, 8 });
		});
		assertThat(output).doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(ints = { RawHttp2Connection.SETTINGS, RawHttp2Connection.PING })
	void uselessFramesEndConnection(int type) throws Exception {
		byte[] payload = (type == RawHttp2Connection.PING) ? new byte[8] : new byte[0];
		assertFloodEnds(Http2Error.ENHANCE_YOUR_CALM, (connection, _) -> connection.send(type, 0, 0, payload));
	}

	@Test
	void endlessHeadersEndConnection() throws Exception {
		byte[] small = RawHttp2Connection.block("x-header", "value");
		assertFloodEnds(Http2Error.ENHANCE_YOUR_CALM,
				(connection, number) -> connection.send(
						(number == 0) ? RawHttp2Connection.HEADERS : RawHttp2Connection.CONTINUATION,
						(number == 0) ? RawHttp2Connection.END_STREAM : 0, 1, small));
		byte[] large = RawHttp2Connection.block("x-header", "x".repeat(16_000));
		assertFloodEnds(Http2Error.PROTOCOL_ERROR,
				(connection, number) -> connection.send(
						(number == 0) ? RawHttp2Connection.HEADERS : RawHttp2Connection.CONTINUATION,
						(number == 0) ? RawHttp2Connection.END_STREAM : 0, 1, large));
	}

	@Test
	void emptyDataFramesEndConnection() throws Exception {
		assertFloodEnds(Http2Error.ENHANCE_YOUR_CALM, (connection, number) -> {
			if (number == 0) {
				connection.send(RawHttp2Connection.HEADERS, RawHttp2Connection.END_HEADERS, 1,
						RawHttp2Connection.block(":method", "PUT", ":scheme", "https", ":path", BOOKS + "/slow-client",
								":authority", "localhost"));
			}
			connection.send(RawHttp2Connection.DATA, 0, 1, new byte[0]);
		});
	}

	/** Another client is served before, while and after the flood is sent. */
	private void assertFloodEnds(Http2Error expected, Attack attack) throws Exception {
		String address = "127.0.9." + ATTACKERS.incrementAndGet();
		try (RawHttp2Connection other = open(); RawHttp2Connection attacker = openFrom(address)) {
			assertServed(other, 1);
			Thread sender = Thread.ofVirtual().start(() -> flood(attacker, attack));
			assertServed(other, 3);
			assertThat(attacker.awaitGoAway()).isEqualTo(expected);
			assertServed(other, 5);
			sender.join(HANG_LIMIT);
			assertThat(sender.isAlive()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "http/1.1" })
	void proxyTellsAddressBeforeTls(String protocol) throws Exception {
		try (Socket plain = new Socket("127.0.0.1", this.port)) {
			plain.getOutputStream()
				.write("PROXY TCP4 192.0.2.7 127.0.0.1 50000 443\r\n".getBytes(StandardCharsets.US_ASCII));
			if (protocol.equals("h2")) {
				RawHttp2Connection connection = new RawHttp2Connection(this.trusting, plain);
				connection.request(1, headersOf(":authority, localhost, x-forwarded-for, 6.6.6.6", BOOKS));
				assertThat(connection.response(1).content()).contains("X-Forwarded-For: 192.0.2.7\n");
			}
			else {
				Socket socket = this.trusting.getSocketFactory().createSocket(plain, "127.0.0.1", this.port, true);
				socket.getOutputStream()
					.write(("GET " + BOOKS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
							+ "X-Forwarded-For: 6.6.6.6\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.contains("X-Forwarded-For: 192.0.2.7\n");
			}
		}
	}

	private static void flood(RawHttp2Connection attacker, Attack attack) {
		try {
			for (int number = 0; number < FLOOD; number++) {
				attack.send(attacker, number);
			}
		}
		catch (IOException _) {
			// The server has closed the connection.
		}
	}

	/** Upgrades of HTTP/1.1 do not exist over HTTP/2, and this one was not offered. */
	@Test
	void extendedConnectIsRefused() throws Exception {
		try (RawHttp2Connection connection = open()) {
			connection.request(1, ":method", "CONNECT", ":protocol", "websocket", ":scheme", "https", ":path", BOOKS,
					":authority", "localhost");
			assertThat(Integer.parseInt(connection.response(1).status())).isGreaterThanOrEqualTo(400);
			assertServed(connection, 3);
		}
	}

	@Test
	void plainHttpOnPortOfTlsIsClosedWithoutStackTrace(CapturedOutput output) throws Exception {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream()
				.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
				.doesNotContain("HTTP/1.1 200");
		}
		assertThat(output).doesNotContain("\tat ");
	}

	private static void assertServed(RawHttp2Connection connection, int stream) throws Exception {
		connection.request(stream, headersOf(":authority, localhost", BOOKS));
		assertThat(connection.response(stream).status()).isEqualTo("200");
	}

	@Test
	void addressThatFloodsGetsNoConnectionButOthersDo(CapturedOutput output) throws Exception {
		for (int flood = 0; flood < 3; flood++) {
			try (RawHttp2Connection attacker = openFrom("127.0.10.1")) {
				flood(attacker, (connection, _) -> connection.send(RawHttp2Connection.SETTINGS, 0, 0, new byte[0]));
				assertThat(attacker.awaitGoAway()).isEqualTo(Http2Error.ENHANCE_YOUR_CALM);
			}
		}
		assertThatThrownBy(() -> openFrom("127.0.10.1")).isInstanceOf(IOException.class)
			.isNotInstanceOf(SocketTimeoutException.class);
		try (RawHttp2Connection other = openFrom("127.0.10.2")) {
			assertServed(other, 1);
		}
		assertThat(output).contains("127.0.10.1 has sent 3 floods over HTTP/2").doesNotContain("\tat ");
	}

	private RawHttp2Connection openFrom(String address) throws IOException {
		return new RawHttp2Connection(this.trusting,
				new Socket("127.0.0.1", this.port, InetAddress.getByName(address), 0));
	}

	private RawHttp2Connection open() throws IOException {
		return new RawHttp2Connection(this.trusting, this.port);
	}

	/** Sends one part of a flood. */
	@FunctionalInterface
	private interface Attack {

		void send(RawHttp2Connection connection, int number) throws IOException;

	}

}
