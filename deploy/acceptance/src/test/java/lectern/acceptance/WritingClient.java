package lectern.acceptance;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import lectern.bench.http.Answer;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.Request;

/**
 * Somebody who writes straight to a service, over one connection that is made anew when
 * it broke. For one thread.
 */
final class WritingClient implements AutoCloseable {

	private static final int POINT = 1_000;

	private final int port;

	private HttpConnection connection;

	private WritingClient(int port) {
		this.port = port;
	}

	static WritingClient of(Lectern lectern, String service) {
		return new WritingClient(lectern.port(service));
	}

	/**
	 * Change a book that is there.
	 * @param number that the book was not changed to before
	 * @param size about how many bytes it has
	 */
	void book(Map<String, String> curator, String book, long number, int size) throws IOException {
		StringBuilder points = new StringBuilder();
		for (int left = size; left > 0; left -= POINT) {
			points.append(points.isEmpty() ? "" : ",")
				.append('"')
				.append("x".repeat(Math.min(left, POINT)))
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
	void position(Reader reader, String reading, long number) throws IOException {
		send("POST", "/api/v1/readers/" + reader.handle() + "/readings/" + reading + "/positions",
				reader.authorization(), "{\"fraction\":" + (number % 1_000) / 1_000.0 + "}");
	}

	private void send(String method, String path, Map<String, String> authorization, String body) throws IOException {
		Map<String, String> headers = new HashMap<>(authorization);
		headers.put("Content-Type", "application/json");
		if (method.equals("PUT")) {
			headers.put("If-Match", "*");
		}
		try {
			if (this.connection == null) {
				this.connection = HttpConnection.to(this.port);
			}
			Answer answer = this.connection.exchange(new Request(method, path, headers, body));
			if (answer.head().status() >= 500) {
				throw new IOException(answer.body());
			}
			answer.expectSuccess();
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
