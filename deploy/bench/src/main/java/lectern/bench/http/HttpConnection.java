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
 * A blocking client on one persistent connection. All targets are written to by this
 * client, so that its own cost is the same for each. Not thread-safe.
 */
public final class HttpConnection implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 30_000;

	/** A server may close a connection that has been idle for longer. */
	private static final long MAX_IDLE_NANOS = 20_000_000_000L;

	private final int port;

	private Socket socket;

	private long lastUsed;

	private final byte[] buffer = new byte[64 * 1024];

	/** The first byte in the buffer that has not been parsed. */
	private int bufferStart;

	/** The end of the bytes in the buffer. */
	private int bufferEnd;

	private HttpConnection(int port) throws IOException {
		this.port = port;
		this.socket = open(port);
		this.lastUsed = System.nanoTime();
	}

	/** Connect to a port of this machine. */
	public static HttpConnection connect(int port) throws IOException {
		return new HttpConnection(port);
	}

	private static Socket open(int port) throws IOException {
		Socket socket = new Socket();
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(TIMEOUT_MILLIS);
		socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), TIMEOUT_MILLIS);
		return socket;
	}

	private void reconnectIfIdle() throws IOException {
		if (System.nanoTime() - this.lastUsed > MAX_IDLE_NANOS) {
			this.socket.close();
			this.socket = open(this.port);
			this.bufferStart = 0;
			this.bufferEnd = 0;
		}
		this.lastUsed = System.nanoTime();
	}

	/** Send a request and wait for its response. */
	public TextResponse exchange(TextRequest request) throws IOException {
		return exchange(List.of(request)).getFirst();
	}

	/** Send requests by HTTP pipelining, then wait for all responses. */
	public List<TextResponse> exchange(List<TextRequest> requests) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (TextRequest request : requests) {
			all.writeBytes(request.encode());
		}
		reconnectIfIdle();
		this.socket.getOutputStream().write(all.toByteArray());
		List<TextResponse> responses = new ArrayList<>();
		for (int i = 0; i < requests.size(); i++) {
			responses.add(readResponse());
		}
		return responses;
	}

	private TextResponse readResponse() throws IOException {
		ResponseCollector collector = new ResponseCollector();
		ResponseParser parser = new ResponseParser(collector);
		while (!parser.isComplete()) {
			if (this.bufferStart == this.bufferEnd) {
				this.bufferStart = 0;
				this.bufferEnd = Math.max(this.socket.getInputStream().read(this.buffer), 0);
				if (this.bufferEnd == 0) {
					throw new EOFException("The server closed the connection");
				}
			}
			this.bufferStart = parser.feed(this.buffer, this.bufferStart, this.bufferEnd);
		}
		return collector.toResponse();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private static final class ResponseCollector implements ResponseHandler {

		private final ByteArrayOutputStream body = new ByteArrayOutputStream();

		private @Nullable ResponseHead head;

		@Override
		public void onHead(ResponseHead parsed) {
			this.head = parsed;
		}

		@Override
		public void onBody(byte[] bytes, int from, int to) {
			this.body.writeBytes(Arrays.copyOfRange(bytes, from, to));
		}

		private TextResponse toResponse() {
			if (this.head == null) {
				throw new IllegalStateException("There was no response");
			}
			return new TextResponse(this.head, this.body.toString(StandardCharsets.UTF_8));
		}

	}

}
