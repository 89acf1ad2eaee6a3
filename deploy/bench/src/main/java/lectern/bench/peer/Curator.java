package lectern.bench.peer;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.Request;

/** The account {@code admin} at work, over one connection to the gateway. */
final class Curator implements AutoCloseable {

	private static final Pattern TOKEN = Pattern.compile("\"accessToken\"\\s*:\\s*\"([^\"]+)\"");

	private static final String BOOK = "/api/v1/books/bench";

	private static final int BATCH_MARK = 36;

	private final HttpConnection connection;

	private final Map<String, String> json;

	private final Map<String, String> list;

	private long round;

	private Curator(HttpConnection connection, String token) {
		this.connection = connection;
		String bearer = "Bearer " + token;
		this.json = Map.of("Authorization", bearer, "Content-Type", "application/json", "If-Match", "*");
		this.list = Map.of("Authorization", bearer, "Content-Type", "text/markdown");
	}

	static Curator signIn(LecternProcess lectern) throws IOException {
		HttpConnection connection = HttpConnection.to(lectern.port());
		Request request = new Request("POST", "/api/v1/tokens", Map.of("Content-Type", "application/json"),
				"{\"reader\":\"admin\",\"password\":\"" + lectern.adminPassword() + "\"}");
		Matcher token = TOKEN.matcher(connection.exchange(request).expectSuccess().body());
		if (!token.find()) {
			throw new IOException("Signing in gave no token");
		}
		Curator curator = new Curator(connection, token.group(1));
		curator.add();
		return curator;
	}

	private void add() throws IOException {
		Map<String, String> creating = Map.of("Authorization", this.json.getOrDefault("Authorization", ""),
				"Content-Type", "application/json");
		this.connection.exchange(new Request("PUT", BOOK, creating, document())).expectSuccess();
	}

	String authorization() {
		return this.json.getOrDefault("Authorization", "");
	}

	/** Change the book: one event. */
	void change() throws IOException {
		this.connection.exchange(new Request("PUT", BOOK, this.json, document())).expectSuccess();
	}

	private String document() {
		return "{\"title\":\"Measured, round %06d\",\"authors\":[\"A. Author\"],\"language\":\"en\"}"
			.formatted(this.round++);
	}

	/** Import new books, few enough for one batch: as many events in one commit. */
	void add(int books) throws IOException {
		StringBuilder lines = new StringBuilder("### Measured\n\n");
		String batch = Long.toString(this.round++, BATCH_MARK);
		for (int i = 0; i < books; i++) {
			lines.append("* [Book %s of %d](https://example.org/%s/%d) - A. Author\n".formatted(batch, i, batch, i));
		}
		this.connection.exchange(new Request("POST", "/api/v1/imports?language=en", this.list, lines.toString()))
			.expectSuccess();
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

}
