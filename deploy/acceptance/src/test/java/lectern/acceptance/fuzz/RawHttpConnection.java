package lectern.acceptance.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

import lectern.bench.http.ResponseHandler;
import lectern.bench.http.ResponseHead;
import lectern.bench.http.ResponseParser;
import org.jspecify.annotations.Nullable;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * A client that sends any bytes and keeps its connection where the answer allows it. Not
 * thread-safe.
 */
public final class RawHttpConnection implements AutoCloseable {

	private final int port;

	private final InetAddress source;

	private @Nullable Socket socket;

	/**
	 * Create a client.
	 * @param source the local address, because limits count addresses
	 */
	public RawHttpConnection(int port, InetAddress source) {
		this.port = port;
		this.source = source;
	}

	/**
	 * Send a request and read its answer.
	 * @param tokens replaces the names of accounts by their tokens
	 */
	public RawAnswer exchange(ApiCall call, UnaryOperator<String> tokens) throws IOException {
		boolean reused = this.socket != null;
		RawAnswer answer = exchangeOnce(call, tokens);
		// The server may close a connection that is idle.
		return (reused && answer.status() == 0) ? exchangeOnce(call, tokens) : answer;
	}

	private RawAnswer exchangeOnce(ApiCall call, UnaryOperator<String> tokens) throws IOException {
		Socket open = open();
		try {
			open.getOutputStream().write(call.encode(tokens));
		}
		catch (IOException _) {
			// The server need not read a content that it refuses. Its answer can be
			// there.
		}
		Collector collector = new Collector(call.method().equals("HEAD"));
		try {
			collector.read(open);
		}
		catch (SocketTimeoutException _) {
			close();
			return RawAnswer.unfinished(collector.answer());
		}
		catch (IOException _) {
			close();
			return collector.answer();
		}
		if (!collector.canReuse()) {
			close();
		}
		return collector.answer();
	}

	private Socket open() throws IOException {
		Socket present = this.socket;
		if (present == null) {
			present = new Socket();
			present.setTcpNoDelay(true);
			present.setSoTimeout((int) HANG_LIMIT.toMillis());
			present.bind(new InetSocketAddress(this.source, 0));
			present.connect(new InetSocketAddress("127.0.0.1", this.port), (int) HANG_LIMIT.toMillis());
			this.socket = present;
		}
		return present;
	}

	@Override
	public void close() throws IOException {
		if (this.socket != null) {
			this.socket.close();
			this.socket = null;
		}
	}

	/** Collects an answer up to its end; of an event stream up to the first event. */
	private static final class Collector implements ResponseHandler {

		private final ByteArrayOutputStream content = new ByteArrayOutputStream();

		private final ResponseParser parser = new ResponseParser(this);

		private final boolean withoutContent;

		private @Nullable ResponseHead head;

		private boolean complete;

		Collector(boolean withoutContent) {
			this.withoutContent = withoutContent;
		}

		void read(Socket socket) throws IOException {
			byte[] buffer = new byte[16 * 1024];
			while (!isComplete()) {
				int count = socket.getInputStream().read(buffer);
				if (count < 0) {
					return;
				}
				this.parser.feed(buffer, 0, count);
			}
			this.complete = true;
		}

		private boolean isComplete() {
			return this.head != null && (this.parser.isComplete() || this.withoutContent || isStream() && hasId());
		}

		private boolean isStream() {
			return this.head != null
					&& this.head.headers().getOrDefault("Content-Type", "").startsWith("text/event-stream");
		}

		private boolean hasId() {
			String text = this.content.toString(StandardCharsets.UTF_8);
			return text.endsWith("\n\n") && (text.contains("\nid:") || text.contains("\ndata:"));
		}

		boolean canReuse() {
			return this.complete && !isStream() && this.head != null
					&& !this.head.headers().getOrDefault("Connection", "").equalsIgnoreCase("close");
		}

		RawAnswer answer() {
			return (this.head != null)
					? RawAnswer.of(this.head.status(), this.head.headers(), this.content.toByteArray())
					: RawAnswer.NONE;
		}

		@Override
		public void onHead(ResponseHead parsed) {
			this.head = parsed;
		}

		@Override
		public void onBody(byte[] bytes, int from, int to) {
			this.content.writeBytes(Arrays.copyOfRange(bytes, from, to));
		}

	}

}
