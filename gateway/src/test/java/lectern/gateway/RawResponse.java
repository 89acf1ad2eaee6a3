package lectern.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * Everything that a server sends until it closes the connection, with the headers in
 * alphabetical order.
 *
 * @param head the status line and the headers
 * @param body what follows, as it was sent
 */
record RawResponse(List<String> head, String body) {

	/** Send bytes on a new connection and read to its end. */
	static RawResponse to(int port, String request) throws IOException {
		return from("127.0.0.1", port, request);
	}

	/** Send bytes from an address of this machine and read to the end. */
	static RawResponse from(String source, int port, String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(source), 0)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			OutputStream output = socket.getOutputStream();
			output.write(request.getBytes(StandardCharsets.ISO_8859_1));
			output.flush();
			return parse(readAll(socket.getInputStream()));
		}
	}

	/** Send bytes on a new connection and read until the received ones have an ending. */
	static RawResponse until(String ending, int port, String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			return parse(readUntil(ending, socket, request));
		}
	}

	/** As above, then do something and read to the end. */
	static RawResponse until(String ending, int port, String request, Runnable action) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			String received = readUntil(ending, socket, request);
			action.run();
			return parse(received + readAll(socket.getInputStream()));
		}
	}

	/**
	 * Send bytes and return the received ones, which have an ending unless all were read.
	 */
	static String readUntil(String ending, Socket socket, String request) throws IOException {
		socket.setSoTimeout((int) HANG_LIMIT.toMillis());
		socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
		StringBuilder received = new StringBuilder();
		int next = socket.getInputStream().read();
		while (next >= 0 && !received.append((char) next).toString().endsWith(ending)) {
			next = socket.getInputStream().read();
		}
		return received.toString();
	}

	/**
	 * Read to the end of a connection. A server that closes it with unread bytes resets
	 * it.
	 */
	static String readAll(InputStream input) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try {
			input.transferTo(received);
		}
		catch (SocketException _) {
			// What was received before counts.
		}
		return received.toString(StandardCharsets.ISO_8859_1);
	}

	private static RawResponse parse(String text) {
		int end = text.indexOf("\r\n\r\n");
		if (end < 0) {
			return new RawResponse(List.of(), text);
		}
		String[] lines = text.substring(0, end).split("\r\n");
		Arrays.sort(lines, 1, lines.length, String.CASE_INSENSITIVE_ORDER);
		return new RawResponse(List.of(lines), text.substring(end + 4));
	}

	/** The values of a header. */
	List<String> values(String name) {
		return this.head.stream()
			.filter((line) -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
			.map((line) -> line.substring(name.length() + 1).strip())
			.toList();
	}

	String status() {
		return this.head.isEmpty() ? "" : this.head.getFirst();
	}

}
