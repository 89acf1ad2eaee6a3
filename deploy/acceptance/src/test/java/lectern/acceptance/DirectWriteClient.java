package lectern.acceptance;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.TextResponse;

/**
 * Writes directly to a service over one connection, which is replaced when it breaks. Not
 * thread-safe.
 */
final class DirectWriteClient implements AutoCloseable {

	private static final int KEY_POINT_LENGTH = 1_000;

	private final int port;

	private HttpConnection connection;

	private DirectWriteClient(int port) {
		this.port = port;
	}

	static DirectWriteClient connect(LecternInstance lectern, String service) {
		return new DirectWriteClient(lectern.port(service));
	}

	/**
	 * Change a book that is there.
	 * @param number that the book was not changed to before
	 * @param size about how many bytes it has
	 */
	void updateBook(Map<String, String> curator, String book, long number, int size) throws IOException {
		StringBuilder points = new StringBuilder();
		for (int left = size; left > 0; left -= KEY_POINT_LENGTH) {
			points.append(points.isEmpty() ? "" : ",")
				.append('"')
				.append("x".repeat(Math.min(left, KEY_POINT_LENGTH)))
				.append('"');
		}
		send("PUT", "/api/v1/books/" + book, curator, """
				{"title":"Number %d","authors":["A. Author"],"language":"en","keyPoints":[%s]}""".formatted(number,
				points));
	}

	/**
	 * Report a position.
	 * @param number another than that before
	 */
	void reportPosition(ReaderClient reader, String reading, long number) throws IOException {
		send("POST", "/api/v1/readers/" + reader.handle() + "/readings/" + reading + "/positions",
				reader.authorizationHeader(), "{\"fraction\":" + (number % 1_000) / 1_000.0 + "}");
	}

	private void send(String method, String path, Map<String, String> authorization, String body) throws IOException {
		Map<String, String> headers = new HashMap<>(authorization);
		headers.put("Content-Type", "application/json");
		if (method.equals("PUT")) {
			headers.put("If-Match", "*");
		}
		try {
			if (this.connection == null) {
				this.connection = HttpConnection.connect(this.port);
			}
			TextResponse answer = this.connection.exchange(new TextRequest(method, path, headers, body));
			if (answer.head().status() >= 500) {
				throw new IOException(answer.body());
			}
			answer.requireSuccess();
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public void close() throws IOException {
		if (this.connection != null) {
			this.connection.close();
			this.connection = null;
		}
	}

}
