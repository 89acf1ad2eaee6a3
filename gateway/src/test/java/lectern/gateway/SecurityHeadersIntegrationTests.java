package lectern.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What browsers are told by every answer, whoever gives it. */
@NullUnmarked
class SecurityHeadersIntegrationTests extends GatewayFixture {

	private static final Map<String, String> EXPECTED = Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options",
			"DENY", "Referrer-Policy", "no-referrer", "Permissions-Policy",
			"camera=(), geolocation=(), microphone=(), payment=(), usb=()", "Cross-Origin-Opener-Policy", "same-origin",
			"Cross-Origin-Resource-Policy", "same-origin");

	private static final List<String> FORBIDDEN = List.of("Server", "X-Powered-By", "Via");

	@Autowired
	BuiltPages built;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			200 | GET     | /api/v1/books                     |
			200 | GET     | /api/v1/books                     | TE: trailers
			200 | HEAD    | /api/v1/paths/hop-by-hop          |
			200 | GET     | /api/v1/paths/hop-by-hop          | TE: trailers
			304 | GET     | /api/v1/paths/not-modified        |
			304 | GET     | /api/v1/paths/not-modified        | TE: trailers
			404 | GET     | /api/v1/books/missing             |
			500 | GET     | /api/v1/paths/failed              |
			503 | GET     | /api/v1/books/cut                 |
			200 | GET     | /api/v1/readers/ada/readings      | TOKEN
			200 | GET     | /api/v1/readers/ada/readings      | COOKIE
			401 | GET     | /api/v1/readers/ada/readings      | Authorization: Bearer forged
			401 | GET     | /api/v1/operations/events         |
			403 | GET     | /api/v1/operations/events         | TOKEN
			404 | GET     | /api/v1/nothing                   |
			400 | GET     | /api/v1//books                    |
			400 | GET     | /api/v1/catalog/events?wrong=a    |
			200 | HEAD    | /api/v1/catalog/events            |
			204 | OPTIONS | /api/v1                           |
			405 | POST    | /api/v1                           | Content-Length: 0
			204 | OPTIONS | /api/v1/books                     | PREFLIGHT
			200 | GET     | /api/v1                           |
			200 | GET     | /api/v1/openapi.json              | Accept-Encoding: gzip
			200 | GET     | /.well-known/jwks.json            |
			200 | GET     | /                                 |
			200 | HEAD    | /me                               |
			308 | GET     | /?q=python                        |
			405 | POST    | /                                 | Content-Length: 0
			200 | GET     | /docs                             |
			200 | GET     | /docs/docs.js                     |
			200 | GET     | /problems/not-found               |
			404 | GET     | /problems/nonsense                |
			404 | GET     | /nowhere                          | Accept: text/html
			404 | GET     | /nowhere                          |
			200 | GET     | STYLES                            | Accept-Encoding: gzip
			200 | GET     | ICON                              |
			404 | GET     | /assets/missing.js                |
			400 | GET     | /books                            | Host: other.example
			400 | GET     | /books                            | X-Folded: a%0D%0A b
			""")
	void answerTellsBrowsersWhatNotToDo(int status, String method, String target, String header) throws IOException {
		RawResponse response = RawResponse.to(this.port,
				method + " " + address(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
						+ headerLine((header != null) ? header : "") + "\r\n");
		assertThat(response.status()).startsWith("HTTP/1.1 " + status);
		assertHeaders(response);
	}

	private String address(String name) {
		return switch (name) {
			case "STYLES" -> this.built.styles();
			case "ICON" -> this.built.icon();
			default -> name;
		};
	}

	private static String headerLine(String name) {
		return switch (name) {
			case "" -> "";
			case "TOKEN" -> "Authorization: Bearer " + TestTokens.reader() + "\r\n";
			case "COOKIE" -> "Cookie: lectern-token=" + TestTokens.reader() + "\r\n";
			case "PREFLIGHT" -> "Origin: https://other.example\r\nAccess-Control-Request-Method: PUT\r\n";
			default -> name.replace("%0D%0A", "\r\n") + "\r\n";
		};
	}

	/** The server refuses these before anything else sees them. */
	@ParameterizedTest
	@ValueSource(strings = { "GET /%s HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n",
			"GET / HTTP/3.0\r\nHost: a\r\n\r\n", "NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\nno header\r\n\r\n",
			"POST /api/v1/books HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n" })
	void refusalOfServerTellsTheSame(String request) throws IOException {
		RawResponse response = RawResponse.to(this.port, request.formatted("x".repeat(40_000)));
		assertThat(response.status()).matches("HTTP/1.1 (4|5)[0-9]{2} .*");
		assertThat(response.values("Content-Type")).containsExactly("application/problem+json");
		assertHeaders(response);
	}

	@Test
	void streamTellsTheSame() throws IOException {
		for (String target : List.of("/api/v1/catalog/events", "/api/v1/readers/ada/events")) {
			RawResponse response = RawResponse.until("\n\n", this.port, "GET " + target
					+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + TestTokens.reader() + "\r\n\r\n");
			assertThat(response.status()).isEqualTo("HTTP/1.1 200 OK");
			assertThat(response.values("Content-Type")).containsExactly("text/event-stream");
			assertHeaders(response);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TOKEN", "COOKIE" })
	void privateAnswerIsNotStored(String credential) throws IOException {
		for (String way : List.of("", "TE: trailers\r\n")) {
			RawResponse response = RawResponse.to(this.port,
					"GET /api/v1/readers/ada/readings HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + way
							+ headerLine(credential) + "\r\n");
			assertThat(response.values("Cache-Control")).singleElement().asString().contains("no-store");
		}
	}

	private static void assertHeaders(RawResponse response) {
		EXPECTED.forEach((name, value) -> assertThat(response.values(name)).as(name).containsExactly(value));
		FORBIDDEN.forEach((name) -> assertThat(response.values(name)).as(name).isEmpty());
		assertThat(response.values("Cache-Control")).hasSize(1);
		boolean page = response.values("Content-Type").stream().anyMatch((type) -> type.startsWith("text/html"));
		if (page) {
			assertThat(response.values("Content-Security-Policy")).singleElement()
				.asString()
				.contains("default-src 'none'", "frame-ancestors 'none'")
				.doesNotContain("unsafe");
		}
	}

}
