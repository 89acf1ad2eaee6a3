package lectern.bench.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reads a stream of events that ends, as fast as it comes, and counts what is in it. */
public final class StreamReading {

	private static final int LIMIT_MILLIS = 60_000;

	private static final byte[] EVENT = "\ndata:{\"cursor\"".getBytes(StandardCharsets.US_ASCII);

	private StreamReading() {
	}

	/**
	 * Ask for a stream and read it to its end.
	 * @return how many events it had
	 */
	public static long read(int port, Request request) throws IOException {
		try (Socket socket = new Socket()) {
			socket.setSoTimeout(LIMIT_MILLIS);
			socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), LIMIT_MILLIS);
			socket.getOutputStream().write(request.bytes());
			return count(socket.getInputStream());
		}
	}

	private static long count(InputStream content) throws IOException {
		byte[] buffer = new byte[256 * 1024];
		long count = 0;
		int matched = 0;
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			for (int at = 0; at < read; at++) {
				matched = (buffer[at] == EVENT[matched]) ? matched + 1 : (buffer[at] == EVENT[0]) ? 1 : 0;
				if (matched == EVENT.length) {
					count++;
					matched = 0;
				}
			}
		}
		return count;
	}

}
