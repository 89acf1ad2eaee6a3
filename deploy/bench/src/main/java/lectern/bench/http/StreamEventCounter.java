package lectern.bench.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reads an event stream to its end as fast as possible and counts the events. */
public final class StreamEventCounter {

	private static final int TIMEOUT_MILLIS = 60_000;

	private static final byte[] EVENT_PREFIX = "\ndata:{\"cursor\"".getBytes(StandardCharsets.US_ASCII);

	private StreamEventCounter() {
	}

	/**
	 * Request a stream and read it to its end.
	 * @return the number of events
	 */
	public static long countEvents(int port, TextRequest request) throws IOException {
		try (Socket socket = new Socket()) {
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), TIMEOUT_MILLIS);
			socket.getOutputStream().write(request.encode());
			return countPrefixes(socket.getInputStream());
		}
	}

	private static long countPrefixes(InputStream content) throws IOException {
		byte[] buffer = new byte[256 * 1024];
		long count = 0;
		int matched = 0;
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			for (int at = 0; at < read; at++) {
				matched = (buffer[at] == EVENT_PREFIX[matched]) ? matched + 1 : (buffer[at] == EVENT_PREFIX[0]) ? 1 : 0;
				if (matched == EVENT_PREFIX.length) {
					count++;
					matched = 0;
				}
			}
		}
		return count;
	}

}
