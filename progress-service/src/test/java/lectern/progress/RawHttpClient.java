package lectern.progress;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import lectern.web.TestTimeouts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** An HTTP client for tests that compare whole responses, each on its own connection. */
public final class RawHttpClient {

	private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)\r\n");

	private final int port;

	RawHttpClient(int port) {
		this.port = port;
	}

	/**
	 * Send POST.
	 * @param headers the lines of the headers, without Host and Content-Length
	 * @return the response from its first to its last byte, of which the content is
	 * decompressed if need be and read as UTF-8
	 */
	public String post(String path, List<String> headers, String content) throws IOException {
		byte[] bytes = content.getBytes(UTF_8);
		String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes.length + "\r\n"
				+ String.join("\r\n", headers) + "\r\n\r\n";
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout((int) TestTimeouts.HANG_LIMIT.toMillis());
			socket.getOutputStream().write(head.getBytes(ISO_8859_1));
			socket.getOutputStream().write(bytes);
			return read(new DataInputStream(socket.getInputStream()));
		}
	}

	private static String read(DataInputStream input) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) input.readUnsignedByte());
		}
		Matcher length = CONTENT_LENGTH.matcher(head);
		byte[] content = new byte[length.find() ? Integer.parseInt(length.group(1)) : 0];
		input.readFully(content);
		return head + new String(head.indexOf("ncoding: gzip\r\n") < 0 ? content : decompress(content), UTF_8);
	}

	private static byte[] decompress(byte[] content) throws IOException {
		try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
			return gzip.readAllBytes();
		}
	}

}
