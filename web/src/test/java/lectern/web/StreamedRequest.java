package lectern.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A POST over a connection of its own whose content is sent in chunks, while the response
 * is read line by line or not at all. Not thread-safe, but one thread may send while
 * another one reads.
 */
public final class StreamedRequest implements AutoCloseable {

	private final Socket socket;

	private final InputStream input;

	private @Nullable String head;

	private int chunkRemaining;

	private boolean ended;

	private StreamedRequest(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new BufferedInputStream(socket.getInputStream());
	}

	/**
	 * Send the head of a request.
	 * @param headers the lines of the headers, without Host and Transfer-Encoding
	 */
	public static StreamedRequest post(int port, String path, List<String> headers) throws IOException {
		StreamedRequest request = new StreamedRequest(new Socket("127.0.0.1", port));
		request.socket.setSoTimeout((int) TestTimeouts.HANG_LIMIT.toMillis());
		request.socket.setTcpNoDelay(true);
		request.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
				+ String.join("\r\n", headers) + "\r\n\r\n")
			.getBytes(ISO_8859_1));
		return request;
	}

	/** Send a chunk of the content. */
	public StreamedRequest send(String content) throws IOException {
		byte[] bytes = content.getBytes(UTF_8);
		ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 20);
		chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
		chunk.writeBytes(bytes);
		chunk.writeBytes("\r\n".getBytes(ISO_8859_1));
		write(chunk.toByteArray());
		return this;
	}

	/** End the content. */
	public StreamedRequest end() throws IOException {
		write("0\r\n\r\n".getBytes(ISO_8859_1));
		return this;
	}

	private void write(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	/** The status of the response, waiting for it. */
	public int status() throws IOException {
		return Integer.parseInt(head().split(" ", 3)[1]);
	}

	private String head() throws IOException {
		if (this.head == null) {
			StringBuilder read = new StringBuilder();
			while (read.indexOf("\r\n\r\n") < 0) {
				read.append((char) requireByte());
			}
			this.head = read.toString();
		}
		return this.head;
	}

	/** The next line of a chunked response, waiting for it; null at its end. */
	public @Nullable String readLine() throws IOException {
		head();
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = read(); next >= 0; next = read()) {
			if (next == '\n') {
				return line.toString(UTF_8);
			}
			line.write(next);
		}
		return (line.size() > 0) ? line.toString(UTF_8) : null;
	}

	private int read() throws IOException {
		if (this.chunkRemaining == 0 && !this.ended) {
			this.chunkRemaining = Integer.parseInt(readHeadLine(), 16);
			this.ended = this.chunkRemaining == 0;
		}
		if (this.ended) {
			return -1;
		}
		int next = requireByte();
		if (--this.chunkRemaining == 0) {
			readHeadLine();
		}
		return next;
	}

	private String readHeadLine() throws IOException {
		StringBuilder line = new StringBuilder();
		while (line.indexOf("\r\n") < 0) {
			line.append((char) requireByte());
		}
		return line.substring(0, line.length() - 2);
	}

	private int requireByte() throws IOException {
		int next = this.input.read();
		if (next < 0) {
			throw new IOException("The connection ended within the response");
		}
		return next;
	}

	/** Cut the connection, as a network that vanishes does. */
	public void cut() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
