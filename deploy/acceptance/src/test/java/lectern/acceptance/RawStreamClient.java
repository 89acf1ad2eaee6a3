package lectern.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** A stream over a plain socket, on which arbitrary bytes can be sent. */
final class RawStreamClient implements AutoCloseable {

	private final Socket socket = new Socket();

	RawStreamClient(int port, String path, Map<String, String> headers) throws IOException {
		this.socket.setSoTimeout((int) HANG_LIMIT.toMillis());
		this.socket.connect(new InetSocketAddress("127.0.0.1", port), (int) HANG_LIMIT.toMillis());
		StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
		headers.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
		send(request.append("\r\n").toString());
	}

	void send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		this.socket.getOutputStream().flush();
	}

	/** Read until a text is received, and return everything read. */
	String readUntil(String text) throws IOException {
		InputStream content = this.socket.getInputStream();
		StringBuilder all = new StringBuilder();
		while (all.indexOf(text) < 0) {
			int next = content.read();
			if (next < 0) {
				throw new IOException("Ended without " + text + " after:\n" + all);
			}
			all.append((char) next);
		}
		return all.toString();
	}

	/** Read until the server closes the connection; fails if it does not. */
	void awaitClose() throws IOException {
		try {
			this.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		catch (SocketException _) {
			// An RST, because the server had not read everything, is an end as well.
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
