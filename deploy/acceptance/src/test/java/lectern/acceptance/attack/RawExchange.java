package lectern.acceptance.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * What a server sends to a client that sends any bytes, until one of them closes the
 * connection.
 *
 * @param text all that came
 * @param closed whether the server has closed the connection
 */
record RawExchange(String text, boolean closed) {

	/** Send bytes on a connection of their own, and read to its end. */
	static RawExchange send(int port, String bytes) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			return send(socket, bytes);
		}
	}

	private static RawExchange send(Socket socket, String bytes) {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		boolean closed = true;
		write(socket, bytes);
		try {
			socket.getInputStream().transferTo(received);
		}
		catch (SocketTimeoutException _) {
			closed = false;
		}
		catch (IOException _) {
			// A server that closes a connection with unread bytes resets it.
		}
		return new RawExchange(received.toString(StandardCharsets.ISO_8859_1), closed);
	}

	/** The server need not read everything, and its answer can be there. */
	private static void write(Socket socket, String bytes) {
		try {
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (IOException _) {
			// What it has sent before is read.
		}
	}

	/** Send a request without content that closes its connection. */
	static RawExchange get(int port, String target, String... headers) throws IOException {
		StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		return send(port, request + "Connection: close\r\n\r\n");
	}

	/** The status of the first response; 0 if there is none. */
	int status() {
		return this.text.startsWith("HTTP/1.") ? Integer.parseInt(this.text.substring(9, 12)) : 0;
	}

	/** How many responses there are. */
	int responses() {
		return this.text.split("HTTP/1\\.[01] \\d{3} ", -1).length - 1;
	}

	/** The headers of the first response. */
	String head() {
		int end = this.text.indexOf("\r\n\r\n");
		return (end < 0) ? this.text : this.text.substring(0, end);
	}

}
