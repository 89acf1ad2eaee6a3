package lectern.bench.systems;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;

/** Writes to the catalog as {@code admin}, over one connection to the gateway. */
final class CatalogWriter implements AutoCloseable {

	private static final Pattern TOKEN = Pattern.compile("\"accessToken\"\\s*:\\s*\"([^\"]+)\"");

	private static final String BOOK = "/api/v1/books/bench";

	private static final int BATCH_ID_RADIX = 36;

	private final HttpConnection connection;

	private final Map<String, String> jsonHeaders;

	private final Map<String, String> listHeaders;

	private long round;

	private CatalogWriter(HttpConnection connection, String token) {
		this.connection = connection;
		String bearer = "Bearer " + token;
		this.jsonHeaders = Map.of("Authorization", bearer, "Content-Type", "application/json", "If-Match", "*");
		this.listHeaders = Map.of("Authorization", bearer, "Content-Type", "text/markdown");
	}

	static CatalogWriter signIn(LecternProcess lectern) throws IOException {
		HttpConnection connection = HttpConnection.connect(lectern.port());
		TextRequest request = new TextRequest("POST", "/api/v1/tokens", Map.of("Content-Type", "application/json"),
				"{\"reader\":\"admin\",\"password\":\"" + lectern.adminPassword() + "\"}");
		Matcher token = TOKEN.matcher(connection.exchange(request).requireSuccess().body());
		if (!token.find()) {
			throw new IOException("The response to the sign-in contains no token");
		}
		CatalogWriter writer = new CatalogWriter(connection, token.group(1));
		writer.createBook();
		return writer;
	}

	/** Create the book that is updated later; without If-Match, which an update needs. */
	private void createBook() throws IOException {
		Map<String, String> headers = Map.of("Authorization", authorization(), "Content-Type", "application/json");
		this.connection.exchange(new TextRequest("PUT", BOOK, headers, document())).requireSuccess();
	}

	String authorization() {
		return this.jsonHeaders.getOrDefault("Authorization", "");
	}

	/** Update the book, which writes one event. */
	void updateBook() throws IOException {
		this.connection.exchange(new TextRequest("PUT", BOOK, this.jsonHeaders, document())).requireSuccess();
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
		this.connection
			.exchange(new TextRequest("POST", "/api/v1/imports?language=en", this.listHeaders, lines.toString()))
			.requireSuccess();
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

}
