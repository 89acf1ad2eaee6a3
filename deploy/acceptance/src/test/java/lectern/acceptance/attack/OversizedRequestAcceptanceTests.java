package lectern.acceptance.attack;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each part of a request has a limit, and the answer says which was exceeded. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class OversizedRequestAcceptanceTests {

	private static final int MIB = 1 << 20;

	static Stream<Arguments> requests() {
		return Stream.of(Arguments.of("URI", get("/" + "x".repeat(20_000), ""), 414, "uri-too-long"),
				Arguments.of("query", get("/api/v1/books?q=" + "x".repeat(20_000), ""), 414, "uri-too-long"),
				Arguments.of("parameters", get("/api/v1/books?" + "a=1&".repeat(3_000), ""), 400, "invalid-parameter"),
				Arguments.of("segments", get("/api/v1/books" + "/a".repeat(5_000), ""), 404, "not-found"),
				Arguments.of("header", get("/api/v1/books", "X: " + "x".repeat(20_000) + "\r\n"), 431,
						"headers-too-large"),
				Arguments.of("headers",
						get("/api/v1/books",
								IntStream.range(0, 3_000)
									.mapToObj((index) -> "X" + index + ": y\r\n")
									.collect(Collectors.joining())),
						431, "headers-too-large"),
				Arguments.of("cookie", get("/api/v1/books", "Cookie: " + "a=b; ".repeat(5_000) + "\r\n"), 431,
						"headers-too-large"),
				Arguments.of("token", get("/api/v1/readers/ada/readings", bearer("x".repeat(7_000))), 401,
						"unauthenticated"),
				Arguments.of("content", post("/api/v1/readers", " ".repeat(MIB) + "{}"), 413, "too-large"),
				Arguments.of("chunks", chunked("/api/v1/readers", " ".repeat(MIB) + "{}"), 413, "too-large"),
				Arguments.of("depth", post("/api/v1/readers", "{\"name\":" + "[".repeat(100_000)), 422, "invalid"),
				Arguments.of("closed depth",
						post("/api/v1/readers", "{\"name\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"), 422,
						"invalid"),
				Arguments.of("depth of objects", post("/api/v1/tokens", "{\"a\":".repeat(100_000)), 400, "malformed"),
				Arguments.of("number", post("/api/v1/readers", "{\"name\":" + "9".repeat(500_000) + "}"), 400,
						"malformed"),
				Arguments.of("name of a member", post("/api/v1/readers", "{\"" + "k".repeat(900_000) + "\":1}"), 400,
						"malformed"),
				Arguments.of("members",
						post("/api/v1/readers",
								IntStream.range(0, 50_000)
									.mapToObj((index) -> "\"m" + index + "\":1")
									.collect(Collectors.joining(",", "{", "}"))),
						422, "invalid"),
				Arguments.of("text", post("/api/v1/tokens", credentials("x".repeat(900_000))), 401, "sign-in-refused"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("requests")
	void oversizedPartIsRefused(String part, String request, int status, String problem, LecternInstance lectern)
			throws IOException {
		RawExchange exchange = RawExchange.send(lectern.port(), request);
		assertThat(exchange.text()).as("an oversized " + part)
			.startsWith("HTTP/1.1 " + status + " ")
			.contains("\"/problems/" + problem + "\"");
		assertThat(exchange.responses()).isOne();
	}

	private static String get(String target, String headers) {
		return "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n";
	}

	private static String post(String path, String content) {
		return head(path) + "Content-Length: " + content.length() + "\r\n\r\n" + content;
	}

	private static String chunked(String path, String content) {
		return head(path) + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(content.length()) + "\r\n"
				+ content + "\r\n0\r\n\r\n";
	}

	private static String head(String path) {
		return "POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n";
	}

	private static String bearer(String token) {
		return "Authorization: Bearer " + token + "\r\n";
	}

	private static String credentials(String password) {
		return "{\"reader\":\"nobody\",\"password\":\"" + password + "\"}";
	}

}
