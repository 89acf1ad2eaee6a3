package lectern.acceptance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Generates requests that no client sends on purpose, but that HTTP allows: any method,
 * path, header and content.
 */
final class GarbageCalls {

	private static final List<String> PATHS = List.of("/", "/api", "/api/", "/api/v1/", "/api/v2/books",
			"/api/v1/bookz", "/api/v1/books/", "/api/v1/books//", "/api/v1//books", "/api/v1/books/%00",
			"/api/v1/books/%ff", "/api/v1/books/..%2f..%2fetc", "/api/v1/books/../books", "/api/v1/books;a=b",
			"/api/v1/books/a%2Fb", "/api/v1/books/%F0%9F%98%80", "/api/v1/books/%ED%A0%80", "/api/v1/books/%zz",
			"/api/v1/books/%", "/api/v1/readers/{reader}", "/api/v1/readers/%7Breader%7D", "/problems/",
			"/problems/not-found", "/problems/%2e%2e", "/.well-known/jwks.json", "/.well-known/", "/actuator",
			"/actuator/health", "/docs", "/docs/..%5c", "/favicon.ico", "*", "//example.org/",
			"http://example.org/api/v1/books", "/%2e%2e/%2e%2e");

	private static final List<String> METHODS = List.of("GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH",
			"DELETE", "TRACE", "BREW", "get", "M-SEARCH", "!#$%&'*+-.^_`|~0");

	private static final List<String> HEADERS = List.of("Accept", "Accept-Encoding", "Accept-Language", "Authorization",
			"Content-Type", "Content-Encoding", "Cookie", "Origin", "Referer", "Range", "If-Match", "If-None-Match",
			"If-Modified-Since", "If-Range", "Last-Event-ID", "Idempotency-Key", "X-Request-Id", "X-Forwarded-For",
			"X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "traceparent", "Sec-Fetch-Site",
			"Access-Control-Request-Method", "X-HTTP-Method-Override", "Max-Forwards", "TE", "Upgrade", "Via",
			"Content-Language", "Cache-Control", "!#$%&'*+-.^_`|~");

	private static final List<String> VALUES = List.of("", "*", "*/*", "a/b;q=1.1", "text/html, */*;q=0",
			"gzip;q=0, br", "Bearer", "Bearer ", "Bearer a.b.c", "Basic YTpi", "application/json;charset=utf-16",
			"application/json;charset=nonsense", "application/json; boundary=\"", "null", "https://example.org",
			"bytes=0-", "\"", "W/\"\"", "\"a\", \"b\"", "Thu, 01 Jan 1970 00:00:00 GMT", "-1", "0", "start",
			"lectern-token=x; __Host-lectern-token=y", "=;=;",
			"00-00000000000000000000000000000000-0000000000000000-00", "for=\"[::1]:x\";proto=nonsense", "h2c",
			"trailers", "\u00e4\u00ff", "a\tb", "%00");

	private static final List<String> QUERIES = List.of("=", "&", "a", "%00=%00", "%ff", "limit=%", "q=%ED%A0%80",
			"limit", "q=%00", "q=a%00b", "limit=1&limit=2", "asOf=9999999999-99-99", "after=start&after=end",
			"zone=%2F..%2F", "page=AAAA", "q=" + "x".repeat(300), "from=+1000000000-01-01T00:00:00Z",
			"asOf=-9999-01-01T00:00:00Z", "seen=0-0", "limit=%31", "%6cimit=1", "a[]=1", "q=%F0%9F%98%80",
			"language=%E2%80%AE");

	private static final List<Supplier<String>> CONTENTS = List.of(() -> "", () -> "null", () -> "[]", () -> "{}",
			() -> "\"\"", () -> "0", () -> "{", () -> "}", () -> "\u0000", () -> "\ufeff{}",
			() -> "{\"title\":\"a\\u0000b\"}", () -> "{\"title\":\"\\ud800\"}", () -> "{\"title\":\"\\udc00\\ud800\"}",
			() -> "{\"fraction\":1e400}", () -> "{\"fraction\":1E-999999999}", () -> "{\"fraction\":1E+999999999}",
			() -> "{\"page\":" + "9".repeat(2_000) + "}", () -> "{\"fraction\":0." + "3".repeat(900) + "}",
			() -> "{\"id\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
			() -> "{\"a\":".repeat(900) + "1" + "}".repeat(900), () -> "{\"title\":\"a\",\"title\":\"b\"}",
			() -> "{\"" + "k".repeat(60_000) + "\":1}", () -> "{\"book\":\"\\u202e\"}",
			() -> "{\"occurredAt\":\"+999999999-12-31T23:59:59Z\"}", () -> "{\"occurredAt\":\"-0001-01-01T00:00:00Z\"}",
			() -> "{\"title\":\"" + "\\u0041".repeat(20_000) + "\"}",
			() -> "{\"authors\":[" + "\"a\",".repeat(50_000) + "\"a\"]}", () -> "{\"name\":\"a\\nb\\u001b[31m\"}",
			() -> "{\"title\":\"x\"}".repeat(3), () -> " ".repeat(1 << 20), () -> "x".repeat((1 << 20) + 1),
			() -> "{\"x\":" + "1,\"x\":".repeat(5_000) + "1}", () -> "\n\n\n",
			() -> "{\"type\":\"start\"}\n[]\n\u0000\n");

	private final Arbitrary<String> paths;

	private final Arbitrary<String> accounts;

	GarbageCalls(List<ApiOperation> operations, ApiVocabulary vocabulary) {
		this.accounts = vocabulary.find("garbage", "account").orElseThrow();
		Arbitrary<String> templates = Arbitraries.of(operations.stream().map(ApiOperation::path).distinct().toList());
		this.paths = Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.of(PATHS)), Tuple.of(1, randomPath()),
				Tuple.of(4, templates.flatMap((template) -> fill(template, vocabulary))));
	}

	Arbitrary<ApiCall> calls() {
		return Combinators
			.combine(Arbitraries.of(METHODS), this.paths, queries(), headers(), contents(), this.accounts.optional(0.7))
			.as((method, path, query, headers, content, account) -> {
				Map<String, String> all = new LinkedHashMap<>();
				account.ifPresent((name) -> all.put("Authorization", "Bearer {" + name + "}"));
				if (!content.isEmpty()) {
					all.put("Content-Type", "application/json");
				}
				all.putAll(headers);
				return new ApiCall(Optional.empty(), "garbage", method,
						path.replace("{reader}", account.orElse("nobody")), query, all, Optional.empty(),
						content.getBytes(StandardCharsets.UTF_8), Expected.ANYTHING);
			});
	}

	/** A path whose variables have values that exist, or none that can. */
	private static Arbitrary<String> fill(String template, ApiVocabulary vocabulary) {
		Arbitrary<String> path = Arbitraries.just(template);
		for (String name : List.of("book", "reading", "path", "gate", "key", "id")) {
			if (template.contains("{" + name + "}")) {
				Arbitrary<String> value = Arbitraries.frequencyOf(
						Tuple.of(3, vocabulary.find("", name).orElse(Arbitraries.just("x"))),
						Tuple.of(1, Arbitraries.of("%00", "%ff", "a%2Fb", "..", "-", "%20", "x".repeat(300), "A",
								"%F0%9F%98%80", "00000000-0000-0000-0000-000000000000", "1-1-1-1-1", "%ED%A0%80")));
				path = Combinators.combine(path, value)
					.as((before, chosen) -> before.replace("{" + name + "}", chosen));
			}
		}
		return path;
	}

	private static Arbitrary<String> randomPath() {
		return Arbitraries
			.of("a", "api", "v1", "books", "/", "/", "/", ".", "..", "%2f", "%00", "%C3%A4", ";", "~", "@", ":", "!",
					"$", "'", "(", "+", "=")
			.list()
			.ofMaxSize(12)
			.map((parts) -> "/" + String.join("", parts));
	}

	private static Arbitrary<List<String>> queries() {
		return Arbitraries.of(QUERIES).list().ofMaxSize(2);
	}

	private static Arbitrary<Map<String, String>> headers() {
		Arbitrary<String> values = Arbitraries.frequencyOf(Tuple.of(20, Arbitraries.of(VALUES)),
				Tuple.of(1, Arbitraries.of("x".repeat(4_000), "x".repeat(9_000))));
		return Arbitraries.maps(Arbitraries.of(HEADERS), values).ofMaxSize(4);
	}

	private static Arbitrary<String> contents() {
		return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just("")),
				Tuple.of(3, Arbitraries.of(CONTENTS).map(Supplier::get)));
	}

}
