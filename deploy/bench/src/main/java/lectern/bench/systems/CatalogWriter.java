package lectern.bench.systems;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.TextResponse;

/** Writes to the catalog as {@code admin}, over one connection to the gateway. */
final class CatalogWriter implements AutoCloseable {

	private static final Pattern TOKEN = Pattern.compile("\"accessToken\"\\s*:\\s*\"([^\"]+)\"");

	private static final String BOOK = "/api/v1/books/bench";

	private static final int PRECONDITION_REQUIRED = 428;

	private static final int BATCH_ID_RADIX = 36;

	/** A token is valid for half an hour, and a measurement may be longer. */
	private static final Duration TOKEN_USE = Duration.ofMinutes(20);

	private final HttpConnection connection;

	private final TextRequest signIn;

	private String authorization = "";

	private long signedInAt;

	private long round;

	private CatalogWriter(HttpConnection connection, String password) {
		this.connection = connection;
		this.signIn = new TextRequest("POST", "/api/v1/tokens", Map.of("Content-Type", "application/json"),
				"{\"reader\":\"admin\",\"password\":\"" + password + "\"}");
	}

	static CatalogWriter signIn(LecternProcess lectern) throws IOException {
		CatalogWriter writer = new CatalogWriter(HttpConnection.connect(lectern.port()), lectern.adminPassword());
		writer.createBook();
		return writer;
	}

	/**
	 * Create the book that is updated later, unless an earlier start has; without
	 * If-Match, which an update needs.
	 */
	private void createBook() throws IOException {
		Map<String, String> headers = Map.of("Authorization", authorization(), "Content-Type", "application/json");
		TextResponse response = this.connection.exchange(new TextRequest("PUT", BOOK, headers, document()));
		if (response.head().status() != PRECONDITION_REQUIRED) {
			response.requireSuccess();
		}
	}

	/** Return the header of a token that is valid for some minutes at least. */
	String authorization() throws IOException {
		if (this.authorization.isEmpty() || System.nanoTime() - this.signedInAt > TOKEN_USE.toNanos()) {
			Matcher token = TOKEN.matcher(this.connection.exchange(this.signIn).requireSuccess().body());
			if (!token.find()) {
				throw new IOException("The response to the sign-in contains no token");
			}
			this.authorization = "Bearer " + token.group(1);
			this.signedInAt = System.nanoTime();
		}
		return this.authorization;
	}

	/** Update the book, which writes one event. */
	void updateBook() throws IOException {
		Map<String, String> headers = Map.of("Authorization", authorization(), "Content-Type", "application/json",
				"If-Match", "*");
		this.connection.exchange(new TextRequest("PUT", BOOK, headers, document())).requireSuccess();
	}

	private String document() {
		return "{\"title\":\"Measured, round %06d\",\"authors\":[\"A. Author\"],\"language\":\"en\"}"
			.formatted(this.round++);
	}

	/**
	 * Import new books, which writes an event for each.
	 * @param books the number of books; few enough for one batch, so that all events are
	 * committed together
	 */
	void addBooks(int books) throws IOException {
		StringBuilder lines = new StringBuilder("### Measured\n\n");
		String batch = Long.toString(this.round++, BATCH_ID_RADIX);
		for (int i = 0; i < books; i++) {
			lines.append("* [Book %s of %d](https://example.org/%s/%d) - A. Author\n".formatted(batch, i, batch, i));
		}
		Map<String, String> headers = Map.of("Authorization", authorization(), "Content-Type", "text/markdown");
		this.connection.exchange(new TextRequest("POST", "/api/v1/imports?language=en", headers, lines.toString()))
			.requireSuccess();
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

}
