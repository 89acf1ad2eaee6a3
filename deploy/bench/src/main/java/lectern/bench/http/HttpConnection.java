package lectern.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One connection that stays open, over which requests are sent and waited for. All peers
 * are written to by this one client, so that it tells for none of them.
 */
public final class HttpConnection implements AutoCloseable {

	private static final int LIMIT_MILLIS = 30_000;

	/** A server may close what has been idle for longer. */
	private static final long FRESH_NANOS = 20_000_000_000L;

	private final int port;

	private Socket socket;

	private long lastUsed;

	private final byte[] buffer = new byte[64 * 1024];

	private int from;

	private int to;

	private HttpConnection(int port) throws IOException {
		this.port = port;
		this.socket = open(port);
		this.lastUsed = System.nanoTime();
	}

	/** Connect to a port of this machine. */
	public static HttpConnection to(int port) throws IOException {
		return new HttpConnection(port);
	}

	private static Socket open(int port) throws IOException {
		Socket socket = new Socket();
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(LIMIT_MILLIS);
		socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), LIMIT_MILLIS);
		return socket;
	}

	private void refresh() throws IOException {
		if (System.nanoTime() - this.lastUsed > FRESH_NANOS) {
			this.socket.close();
			this.socket = open(this.port);
			this.from = 0;
			this.to = 0;
		}
		this.lastUsed = System.nanoTime();
	}

	/** Send a request and wait for its answer. */
	public Answer exchange(Request request) throws IOException {
		return exchange(List.of(request)).getFirst();
	}

	/** Send requests one after the other without waiting, then wait for all answers. */
	public List<Answer> exchange(List<Request> requests) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (Request request : requests) {
			all.writeBytes(request.bytes());
		}
		refresh();
		this.socket.getOutputStream().write(all.toByteArray());
		List<Answer> answers = new ArrayList<>();
		for (int i = 0; i < requests.size(); i++) {
			answers.add(answer());
		}
		return answers;
	}

	private Answer answer() throws IOException {
		Collected collected = new Collected();
		ResponseParser parser = new ResponseParser(collected);
		while (!parser.ended()) {
			if (this.from == this.to) {
				this.from = 0;
				this.to = Math.max(this.socket.getInputStream().read(this.buffer), 0);
				if (this.to == 0) {
					throw new EOFException("The server has closed the connection");
				}
			}
			this.from = parser.feed(this.buffer, this.from, this.to);
		}
		return collected.answer();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private static final class Collected implements Response {

		private final ByteArrayOutputStream body = new ByteArrayOutputStream();

		private @Nullable ResponseHead head;

		@Override
		public void head(ResponseHead parsed) {
			this.head = parsed;
		}

		@Override
		public void body(byte[] bytes, int from, int to) {
			this.body.writeBytes(Arrays.copyOfRange(bytes, from, to));
		}

		private Answer answer() {
			if (this.head == null) {
				throw new IllegalStateException("There was no answer");
			}
			return new Answer(this.head, this.body.toString(StandardCharsets.UTF_8));
		}

	}

}
