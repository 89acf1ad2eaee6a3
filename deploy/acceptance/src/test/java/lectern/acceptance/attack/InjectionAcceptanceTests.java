package lectern.acceptance.attack;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Text of a client stays text: in SQL, in headers, in the log. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class InjectionAcceptanceTests {

	private static final List<String> LISTS = List.of("/api/v1/books?q=", "/api/v1/books?topic=",
			"/api/v1/books?author=", "/api/v1/books?language=", "/api/v1/books?access=", "/api/v1/books?level=",
			"/api/v1/books?limit=", "/api/v1/books?page=", "/api/v1/books?seen=", "/api/v1/books/facets?q=",
			"/api/v1/topics?q=", "/api/v1/authors?q=", "/api/v1/paths?page=", "/api/v1/activity?book=",
			"/api/v1/books/", "/api/v1/paths/", "/problems/");

	private static final String FORGED = "forged-line-of-a-client";

	@ParameterizedTest
	@ValueSource(strings = { "' or '1'='1", "'; drop table book; --", "' union select jwk from signing_key --",
			"1; select pg_sleep(30)", "\\'; select 1; --", "$$; select 1; $$", "{{7*7}}", "${7*7}",
			"#{T(java.lang.Runtime).getRuntime().exec('id')}", "${jndi:ldap://127.0.0.1:1/x}", "%n%s%x",
			"<script>alert(1)", "a & b | ! c :* <->", "\\", "%", "_", "(((((", "\0", "\ud83d\ude00" })
	void textInParametersAndPathsIsNotExecuted(String text, LecternInstance lectern) throws IOException {
		String before = books(lectern);
		for (String list : LISTS) {
			RawExchange exchange = RawExchange.get(lectern.port(),
					list + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
			assertThat(exchange.status()).as(list + ": " + exchange.text()).isBetween(200, 499);
			assertThat(exchange.text())
				.doesNotContain("Exception", "syntax error", "\"d\":", "<script>alert(1)", "{{49}}")
				.doesNotContainIgnoringCase("sqlstate");
			if (list.equals("/api/v1/books?author=")) {
				assertThat(exchange.text()).doesNotContain("fluent-python");
			}
		}
		assertThat(books(lectern)).isEqualTo(before);
		assertThat(RawExchange.get(lectern.port(), "/api/v1/books/fluent-python").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%0d%0aX-Injected:%201", "%0aX-Injected:%201", "%0dX-Injected:%201",
			"%E5%98%8A%E5%98%8DX-Injected:%201", "%0d%0a%0d%0aHTTP/1.1%20200%20OK%0d%0aX-Injected:%201" })
	void lineBreaksDoNotSplitHeaders(String text, LecternInstance lectern) throws IOException {
		for (String target : List.of("/" + text, "/books/" + text, "/problems/" + text, "/docs?x=" + text,
				"/?q=" + text, "/api/v1/books?q=" + text, "/api/v1/books?limit=1&page=" + text, "/api/v1/books/" + text,
				"/api/v1/paths/" + text, "/api/v1/catalog/events?after=" + text)) {
			RawExchange exchange = RawExchange.get(lectern.port(), target, "X-Request-Id: " + text,
					"Origin: http://" + text, "Accept-Language: " + text, "Accept: application/json");
			assertThat(exchange.head()).as(target).doesNotContainPattern("(?im)^x-injected").startsWith("HTTP/1.1 ");
			assertThat(exchange.status()).isBetween(200, 499);
			assertThat(exchange.responses()).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%0a2026-01-01T00:00:00.000Z%20ERROR%20" + FORGED, "%0d" + FORGED, "%e2%80%a8" + FORGED,
			"%c2%85" + FORGED, "%1b%5b2J" + FORGED })
	void lineBreaksDoNotForgeLinesOfTheLog(String text, LecternInstance lectern) throws IOException {
		for (String target : List.of("/" + text, "/api/v1/books/" + text, "/api/v1/books?q=" + text,
				"/api/v1/readers/" + text + "/readings", "/api/v1/readers/" + text + "/events",
				"/api/v1/catalog/events?after=" + text)) {
			RawExchange.get(lectern.port(), target, "X-Request-Id: " + text, "User-Agent: " + text,
					"traceparent: " + text, "X-Forwarded-For: " + text, "Authorization: Bearer " + text,
					"Cookie: lectern-token=" + text);
		}
		String handle = "{\"reader\":\"" + FORGED + "\\n2026-01-01 ERROR " + FORGED
				+ "\",\"name\":\"x\",\"password\":\"y\"}";
		for (String path : List.of("/api/v1/tokens", "/api/v1/readers")) {
			RawExchange.send(lectern.port(), "POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
					+ "Content-Type: application/json\r\nContent-Length: " + handle.length() + "\r\n\r\n" + handle);
		}
	}

	@AfterEach
	void nothingIsInTheLogs(LecternInstance lectern) throws IOException {
		for (String program : List.of("gateway", "catalog-service", "progress-service", "access", "postgresql")) {
			assertThat(lectern.logLines(program, FORGED)).as("the log of " + program).isEmpty();
		}
	}

	private static String books(LecternInstance lectern) throws IOException {
		String text = RawExchange.get(lectern.port(), "/api/v1/books?limit=200").text();
		return text.substring(text.indexOf("\r\n\r\n"));
	}

}
