package lectern.acceptance.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests with a fault of the client, of as many kinds as there are. */
final class MalformedRequests {

	private static final String HOST = "Host: 127.0.0.1\r\n";

	private static final String JSON = "Content-Type: application/json\r\n";

	private static final String EVENTS = "Accept: text/event-stream\r\n";

	private MalformedRequests() {
	}

	/** Return them all, as bytes. */
	static List<byte[]> all() {
		List<String> requests = new ArrayList<>();
		requests.addAll(withoutForm());
		requests.addAll(withBadPath());
		requests.addAll(withBadHeader());
		requests.addAll(withBadContent());
		Arrays.stream(AmbiguousRequest.values()).map(AmbiguousRequest::bytes).forEach(requests::add);
		return requests.stream().map((request) -> request.getBytes(StandardCharsets.ISO_8859_1)).toList();
	}

	private static List<String> withoutForm() {
		return List.of("\u0016\u0003\u0001\u0002\0junk\r\n\r\n", "\r\n\r\n\r\n\r\nnonsense\r\n\r\n",
				"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/7.0\r\n" + HOST + "\r\n",
				"G@T / HTTP/1.1\r\n" + HOST + "\r\n", "CONNECT 127.0.0.1:9082 HTTP/1.1\r\n" + HOST + "\r\n",
				"BREW /api/v1/topics HTTP/1.1\r\n" + HOST + "\r\n", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n",
				get("/" + "x".repeat(20_000), ""), get("/", "X: " + "x".repeat(20_000) + "\r\n"),
				get("/", "X: y\r\n".repeat(2_000)), get("/", "Host: a b\r\n"));
	}

	private static List<String> withBadPath() {
		return List.of(get("/nothing", ""), get("/api/v1/nothing", ""), get("/api/v1/books/%zz", ""),
				get("/api/v1/books?q=%zz", ""), get("/api/v1/books?limit=x&page=%ff&colour=red", ""),
				get("/api/v1/books?seen=0-0", ""), get("/api/v1/books/../x", ""), get("/api/v1/books/..%2f..%2fx", ""),
				get("/api/v1/books;a=b", ""), get("/api/v1/books/%00", ""), get("/api/v1/books/%c0%ae", ""),
				get("/\\..\\x", ""), get("//a/b", ""), get("http://[::1/x", ""), get("http://a:99999/x", ""),
				get("*", ""), get("/problems/%00", ""), get("/assets/..%5c..%5cx", ""),
				get("/api/v1/catalog/events?after=nonsense", EVENTS));
	}

	private static List<String> withBadHeader() {
		String readings = "/api/v1/readers/nobody/readings";
		return List.of(get(readings, "Authorization: Bearer a.b.c\r\n"),
				get(readings, "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.\r\n"),
				get(readings, "Authorization: Bearer !\r\n"), get(readings, "Authorization: Basic YTpi\r\n"),
				get(readings, "Authorization: Bearer lectern_" + "x".repeat(43) + "\r\n"),
				get(readings, "Cookie: lectern-token=a.b.c\r\n"), get(readings, "Cookie: =;;=\u0001;lectern-token\r\n"),
				get("/api/v1/readers/nobody/events", EVENTS + "Authorization: Bearer a.b.c\r\n"),
				get("/api/v1/catalog/events", "Accept: image/png\r\n"), get("/api/v1/books", "Accept: ///\r\n"),
				get("/", "Accept-Language: ;;q=9\r\n"), get("/", "Range: bytes=9-1,x\r\n"),
				get("/", "If-Modified-Since: never\r\n"), get("/", "If-None-Match: \"\r\n"),
				get("/api/v1/books", "Origin: http://[\r\n"), get("/api/v1/books", "traceparent: 00-zz\r\n"),
				get("/api/v1/books", "Forwarded: for=\"[::1;proto=%\r\nX-Forwarded-For: ,,a\r\n"),
				get("/api/v1/topics",
						"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n"),
				get("/api/v1/topics", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: !!\r\n"),
				"DELETE /api/v1/books/x HTTP/1.1\r\n" + HOST + "If-Match: zzz\r\n\r\n");
	}

	private static List<String> withBadContent() {
		return List.of(post("/api/v1/tokens", JSON, "{\"reader\":"), post("/api/v1/readers", JSON, "nonsense"),
				post("/api/v1/readers", JSON, "{\"reader\":\"\u00ff\u00fe\"}"),
				post("/api/v1/readers", JSON, "[".repeat(5_000)),
				post("/api/v1/readers", "Content-Type: application/json;charset=utf-16\r\n", "{}"),
				post("/api/v1/readers", "Content-Type: application/json;charset=nonsense\r\n", "{}"),
				post("/api/v1/readers", "Content-Type: text/csv\r\n", "a,b"),
				post("/api/v1/readers", "Content-Type: ///;;=\r\n", "a"), post("/api/v1/readers", "", "a"),
				post("/api/v1/tokens", "Content-Type: multipart/form-data; boundary=y\r\n", "--x\r\n"),
				post("/api/v1/tokens", "Content-Type: application/x-www-form-urlencoded\r\n", "a=%zz"),
				post("/api/v1/readers", JSON + "Content-Encoding: gzip\r\n", "x"),
				post("/api/v1/tokens", JSON + "Expect: 200-maybe\r\n", "{}"),
				post("/api/v1/tokens", JSON + "Cookie: lectern-token=x\r\nSec-Fetch-Site: cross-site\r\n", "{}"),
				chunked("5\r\n{\"rea\r\nzz\r\n"), chunked("nonsense\r\n\r\n"));
	}

	/** Return requests whose client leaves before it has sent all or read anything. */
	static List<byte[]> cutOff() {
		return List.of("GET /api/v1/books HTTP/1.1\r\nHo", get("/api/v1/books", ""), get("/", ""),
				get("/api/v1/books", "").repeat(10), get("/api/v1/catalog/events", EVENTS), get("/api/v1/export", ""),
				"POST /api/v1/readers HTTP/1.1\r\n" + HOST + JSON + "Content-Length: 100\r\n\r\n{\"reader\"",
				"POST /api/v1/readers HTTP/1.1\r\n" + HOST + JSON + "Cookie: a=b\r\nContent-Length: 100\r\n\r\n{",
				"POST /api/v1/readers HTTP/1.1\r\n" + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"re")
			.stream()
			.map((request) -> request.getBytes(StandardCharsets.ISO_8859_1))
			.toList();
	}

	private static String get(String target, String headers) {
		return "GET " + target + " HTTP/1.1\r\n" + HOST + headers + "\r\n";
	}

	private static String post(String path, String headers, String content) {
		return "POST " + path + " HTTP/1.1\r\n" + HOST + headers + "Content-Length: " + content.length() + "\r\n\r\n"
				+ content;
	}

	private static String chunked(String chunks) {
		return "POST /api/v1/readers HTTP/1.1\r\n" + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
	}

}
