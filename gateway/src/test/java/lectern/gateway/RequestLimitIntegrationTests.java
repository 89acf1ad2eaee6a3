package lectern.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.test.context.TestPropertySource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Each test sends from addresses of its own. */
@NullUnmarked
@TestPropertySource(properties = { "lectern.limits.reads-per-address=5", "lectern.limits.reads-per-reader=3",
		"lectern.limits.writes-per-address=1", "lectern.limits.open-transfers-per-address=2",
		"lectern.proxies.trusted=127.0.0.200" })
class RequestLimitIntegrationTests extends GatewayFixture {

	private static final String BOOK = "/api/v1/books/missing";

	private static final String SHORT_WAY = "";

	private static final String ORDINARY_WAY = "TE: trailers\r\n";

	private static final String TYPE = "/problems/too-many-requests";

	private static final String PROXY = "127.0.0.200";

	@Test
	void bothWaysAndPagesAndStreamsShareTheLimit() throws IOException {
		String address = "127.0.1.1";
		assertLeft(4, get(address, BOOK, SHORT_WAY));
		assertLeft(3, get(address, BOOK, ORDINARY_WAY));
		assertThat(get(address, "/problems", SHORT_WAY).status()).contains(" 200 ");
		assertThat(head(address, "/api/v1/catalog/events").status()).contains(" 200 ");
		assertLeft(0, get(address, "/api/v1/nothing", SHORT_WAY));

		for (String target : List.of(BOOK, "/", "/api/v1/catalog/events", "/api/v1/operations/events")) {
			assertRefused("reads-per-address", get(address, target, SHORT_WAY));
			assertRefused("reads-per-address", get(address, target, ORDINARY_WAY));
		}
		assertThat(get("127.0.1.2", BOOK, SHORT_WAY).status()).contains(" 404 ");
	}

	@Test
	void refusalIsAProblemThatPagesOfOtherOriginsCanRead() throws IOException {
		String address = "127.0.1.3";
		useUp(address);
		RawResponse refused = get(address, "/api/v1/readers/ada/readings",
				"Origin: https://reader.example\r\n" + "X-Request-Id: refused-request\r\n");
		assertThat(refused.status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
		assertThat(refused.body()).contains("\"type\":\"/problems/too-many-requests\"", "\"status\":429",
				"\"instance\":\"/api/v1/readers/ada/readings\"", "\"requestId\":\"refused-request\"",
				"\"detail\":\"One address may send 5 reads a minute. Try again in ");
		assertThat(refused.values("Content-Type")).containsExactly("application/problem+json");
		assertThat(refused.values("Content-Length")).containsExactly(Integer.toString(refused.body().length()));
		assertThat(refused.values("Cache-Control")).containsExactly("no-store");
		assertThat(refused.values("X-Request-Id")).containsExactly("refused-request");
		assertThat(refused.values("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(refused.values("Access-Control-Allow-Origin")).containsExactly("https://reader.example");
		assertThat(refused.values("Access-Control-Expose-Headers")).singleElement().asString().contains("Retry-After");
		RawResponse publicRead = get(address, "/api/v1/books", "Origin: https://unknown.example\r\n");
		assertThat(publicRead.values("Access-Control-Allow-Origin")).containsExactly("*");
		RawResponse head = head(address, BOOK);
		assertThat(head.status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
		assertThat(head.body()).isEmpty();
	}

	@Test
	void readerIsCountedAtAllAddressesAndOnlyWithVerifiedToken() throws IOException {
		String readings = "/api/v1/readers/ada/readings";
		String token = TestTokens.reader();
		String authorization = "Authorization: Bearer " + token + "\r\n";
		String forged = "Authorization: Bearer " + token.substring(0, token.lastIndexOf('.') + 1) + "AAAA\r\n";
		for (int i = 0; i < 5; i++) {
			assertThat(get("127.0.2.1", readings, forged).status()).contains(" 401 ");
		}
		assertRefused("reads-per-address", get("127.0.2.1", readings, forged));

		assertThat(get("127.0.2.2", readings, authorization).values("RateLimit")).hasSize(1);
		assertThat(get("127.0.2.2", readings, authorization).values("RateLimit")).satisfiesExactly(
				(left) -> assertThat(left).startsWith("\"reads-per-address\";r=3;t="),
				(left) -> assertThat(left).startsWith("\"reads-per-reader\";r=2;t="));
		assertThat(get("127.0.2.3", readings, authorization + ORDINARY_WAY).values("RateLimit")).last()
			.asString()
			.startsWith("\"reads-per-reader\";r=1;t=");
		assertThat(get("127.0.2.4", readings, "Cookie: lectern-token=" + token + "\r\n").values("RateLimit")).last()
			.asString()
			.startsWith("\"reads-per-reader\";r=0;t=");

		assertRefused("reads-per-reader", get("127.0.2.5", readings, authorization));
		assertRefused("reads-per-reader", get("127.0.2.5", readings, authorization + ORDINARY_WAY));
		assertRefused("reads-per-reader", get("127.0.2.5", readings, "Cookie: lectern-token=" + token + "\r\n"));
		assertThat(get("127.0.2.5", readings, forged).status()).contains(" 401 ");
	}

	@Test
	void trustedProxyTellsWhoseLimitCounts() throws IOException {
		for (int i = 0; i < 5; i++) {
			assertThat(get(PROXY, BOOK, "X-Forwarded-For: 192.0.2.1\r\n").status()).contains(" 404 ");
			assertThat(get(PROXY, BOOK, "X-Forwarded-For: 2001:db8:1:2::" + i + "\r\n").status()).contains(" 404 ");
		}
		assertRefused("reads-per-address", get(PROXY, BOOK, "X-Forwarded-For: 192.0.2.1\r\n"));
		assertRefused("reads-per-address", get(PROXY, BOOK, "X-Forwarded-For: 6.6.6.6, 192.0.2.1\r\n"));
		assertRefused("reads-per-address", get(PROXY, BOOK, "X-Forwarded-For: 2001:db8:1:2:3::9\r\n"));
		assertThat(get(PROXY, BOOK, "X-Forwarded-For: 192.0.2.2\r\n").status()).contains(" 404 ");
		assertThat(get(PROXY, BOOK, "X-Forwarded-For: 2001:db8:1:3::1\r\n").status()).contains(" 404 ");
	}

	@Test
	void nobodyElseEscapesWithAForgedHeader() throws IOException {
		for (int i = 0; i < 5; i++) {
			get("127.0.3.1", BOOK, "X-Forwarded-For: 192.0.2.1" + i + "\r\n");
		}
		assertRefused("reads-per-address", get("127.0.3.1", BOOK, "X-Forwarded-For: 192.0.2.19\r\n"));
		assertRefused("reads-per-address", get("127.0.3.1", BOOK, "Forwarded: for=192.0.2.19\r\n"));
	}

	@Test
	void exportsAtOnceAreLimitedUntilTheyEnd() throws Exception {
		CATALOG_STUB.observations.clear();
		List<Socket> exports = new ArrayList<>();
		try {
			exports.add(beginExport("127.0.5.1"));
			exports.add(beginExport("127.0.5.1"));
			RawResponse refused = get("127.0.5.1", "/api/v1/export", SHORT_WAY);
			assertThat(refused.status()).contains(" 429 ");
			assertThat(refused.values("Retry-After")).containsExactly("5");
			assertThat(refused.values("RateLimit-Policy"))
				.containsExactly("\"open-transfers-per-address\";q=2;qu=\"concurrent-requests\"");
			exports.add(beginExport("127.0.5.2"));

			exports.getFirst().close();
			assertThat(CATALOG_STUB.observations.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS))
				.isEqualTo("export closed");
			Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> {
				Socket next = sendExport("127.0.5.1");
				exports.add(next);
				assertThat(CATALOG_STUB.observations.poll(1, TimeUnit.SECONDS)).isEqualTo("export requested");
			});
		}
		finally {
			for (Socket export : exports) {
				export.close();
			}
		}
	}

	private Socket beginExport(String address) throws Exception {
		Socket socket = sendExport(address);
		assertThat(CATALOG_STUB.observations.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS))
			.isEqualTo("export requested");
		return socket;
	}

	private Socket sendExport(String address) throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port, InetAddress.getByName(address), 0);
		OutputStream output = socket.getOutputStream();
		output.write("GET /api/v1/export HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
		output.flush();
		return socket;
	}

	/**
	 * The content comes before or after the refusal. The server may close the connection
	 * then; a client that can go on gets the response to its next request.
	 */
	@ParameterizedTest
	@CsvSource({ "127.0.7.1, true", "127.0.7.2, false" })
	void contentOfRefusedRequestIsNeverReadAsTheNextOne(String address, boolean early) throws IOException {
		String hidden = "GET /problems HTTP/1.1\r\nHost: a\r\nX-Request-Id: hidden-request\r\n\r\n";
		String refused = "POST /api/v1/readers/ada/readings HTTP/1.1\r\nHost: a\r\nX-Request-Id: refused-request\r\n"
				+ "Content-Type: application/json\r\nContent-Length: " + hidden.length() + "\r\n\r\n";
		send(address, "POST", "/api/v1/readers/ada/readings", "Content-Length: 0\r\n");
		try (Socket socket = new Socket("127.0.0.1", this.port, InetAddress.getByName(address), 0)) {
			String first = RawResponse.readUntil("\"status\":429", socket, early ? refused + hidden : refused);
			assertThat(first).startsWith("HTTP/1.1 429 ").contains("X-Request-Id: refused-request");
			String rest = sendRest(socket, (early ? "" : hidden)
					+ "GET /problems HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: next-request\r\n\r\n");
			assertThat(first + rest).doesNotContain("hidden-request").containsOnlyOnce("HTTP/1.1 429 ");
			assertThat(rest.contains("HTTP/1.1 ")).isEqualTo(rest.contains("X-Request-Id: next-request"));
		}
	}

	private static String sendRest(Socket socket, String text) throws IOException {
		try {
			socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (SocketException _) {
			// The server has closed the connection.
		}
		return RawResponse.readAll(socket.getInputStream());
	}

	@Test
	void refusedRequestsAreCounted() throws IOException {
		double before = refusals();
		useUp("127.0.6.1");
		get("127.0.6.1", BOOK, SHORT_WAY);
		assertThat(refusals()).isEqualTo(before + 1);
	}

	private double refusals() {
		return metrics().lines()
			.filter((line) -> line.startsWith("lectern_limits_refused_total{")
					&& line.contains("reason=\"reads-per-address\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private void useUp(String address) throws IOException {
		for (int i = 0; i < 5; i++) {
			assertThat(get(address, BOOK, SHORT_WAY).status()).contains(" 404 ");
		}
	}

	private static void assertLeft(int remaining, RawResponse response) {
		assertThat(response.values("RateLimit-Policy")).containsExactly("\"reads-per-address\";q=5;w=60");
		assertThat(response.values("RateLimit")).singleElement()
			.asString()
			.matches("\"reads-per-address\";r=" + remaining + ";t=(1[0-2]|[1-9])");
	}

	private static void assertRefused(String policy, RawResponse response) {
		assertThat(response.status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
		assertThat(response.values("RateLimit")).singleElement().asString().startsWith("\"" + policy + "\";r=0;t=");
		assertThat(response.values("Retry-After")).singleElement().asString().matches("[1-9][0-9]?");
		assertThat(response.body()).contains(TYPE);
	}

	private RawResponse get(String address, String target, String headers) throws IOException {
		return send(address, "GET", target, headers);
	}

	private RawResponse head(String address, String target) throws IOException {
		return send(address, "HEAD", target, "");
	}

	private RawResponse send(String address, String method, String target, String headers) throws IOException {
		return RawResponse.from(address, this.port,
				method + " " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
	}

}
