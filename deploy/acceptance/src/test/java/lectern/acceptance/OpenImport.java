package lectern.acceptance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** An import whose body is sent book by book, so that it runs until it is finished. */
public final class OpenImport implements AutoCloseable {

	private final Socket socket = new Socket();

	private final String source;

	private int books;

	private OpenImport(int port, String source, String token) throws IOException {
		this.source = source;
		this.socket.setSoTimeout((int) HANG_LIMIT.toMillis());
		this.socket.connect(new InetSocketAddress("127.0.0.1", port), (int) HANG_LIMIT.toMillis());
		write("POST /api/v1/imports?source=" + source + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ "Authorization: Bearer " + token + "\r\nContent-Type: application/x-ndjson\r\n"
				+ "Transfer-Encoding: chunked\r\n\r\n");
	}

	/**
	 * Start an import.
	 * @param port of the process that runs it
	 * @param source names the import, and its books
	 */
	public static OpenImport start(int port, String source, String token) throws IOException {
		OpenImport running = new OpenImport(port, source, token);
		running.sendBook();
		return running;
	}

	/** Send one more book. */
	public void sendBook() throws IOException {
		sendLine("{\"type\":\"book\",\"id\":\"%s-%d\",\"title\":\"Book %d\",\"authors\":[\"Ada Byron\"]}"
			.formatted(this.source, this.books, this.books));
		this.books++;
	}

	/** Send one more line, which need not be a book. */
	public void sendLine(String line) throws IOException {
		write(Integer.toHexString(line.length() + 1) + "\r\n" + line + "\n\r\n");
	}

	/** The number of books sent. */
	int books() {
		return this.books;
	}

	/** End the body and return the whole response. */
	public String finish() throws IOException {
		write("0\r\n\r\n");
		return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private void write(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		this.socket.getOutputStream().flush();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
