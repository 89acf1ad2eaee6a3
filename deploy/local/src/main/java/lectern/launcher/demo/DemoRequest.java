package lectern.launcher.demo;

import java.util.Map;

/**
 * A request of the public API.
 *
 * @param path the path and query below {@code /api/v1}
 * @param content the content; empty if there is none
 */
record DemoRequest(String method, String path, Map<String, String> headers, String content) {

	private static final String CONTENT_TYPE = "Content-Type";

	static DemoRequest get(String path) {
		return new DemoRequest("GET", path, Map.of(), "");
	}

	static DemoRequest post(String path, Object content) {
		return new DemoRequest("POST", path, Map.of(CONTENT_TYPE, "application/json"), DemoJson.write(content));
	}

	static DemoRequest postLines(String path, String lines) {
		return new DemoRequest("POST", path, Map.of(CONTENT_TYPE, "application/x-ndjson"), lines);
	}

	/** Renew the token that the request is sent with. */
	static DemoRequest renewal() {
		return new DemoRequest("POST", "/tokens", Map.of(), "");
	}

	/** Create what is named by the path, without any members. */
	static DemoRequest create(String path) {
		return new DemoRequest("PUT", path, Map.of(CONTENT_TYPE, "application/json"), "{}");
	}

	/** Delete whatever version there is. */
	static DemoRequest delete(String path) {
		return new DemoRequest("DELETE", path, Map.of("If-Match", "*"), "");
	}

}
