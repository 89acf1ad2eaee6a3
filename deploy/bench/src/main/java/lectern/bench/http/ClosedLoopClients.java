package lectern.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Closed-loop clients: each sends its next request when the previous one is answered. All
 * run on the calling thread, to use little CPU of the measured machine. Not thread-safe.
 */
public final class ClosedLoopClients implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 30_000;

	private static final String LOOPBACK = "127.0.0.1";

	private final Selector selector;

	private final List<ClosedLoopClient> clients = new ArrayList<>();

	private final ByteBuffer input = ByteBuffer.allocate(64 * 1024);

	private ClosedLoopClients(Selector selector) {
		this.selector = selector;
	}

	/**
	 * Connect clients to a port of this machine.
	 * @param requests for each client a supplier of its requests
	 */
	public static ClosedLoopClients connect(int port, List<Supplier<TextRequest>> requests) throws IOException {
		return connectFrom(LOOPBACK, port, requests);
	}

	/**
	 * Connect clients of another address to a port of this machine.
	 * @param address an address of this machine; on Linux any that starts with 127
	 */
	public static ClosedLoopClients connectFrom(String address, int port, List<Supplier<TextRequest>> requests)
			throws IOException {
		ClosedLoopClients clients = new ClosedLoopClients(Selector.open());
		try {
			for (Supplier<TextRequest> requestsOfClient : requests) {
				clients.add(address, port, requestsOfClient);
			}
			return clients;
		}
		catch (IOException ex) {
			clients.close();
			throw ex;
		}
	}

	private void add(String address, int port, Supplier<TextRequest> requests) throws IOException {
		SocketChannel channel = SocketChannel.open();
		channel.bind(new InetSocketAddress(address, 0));
		channel.connect(new InetSocketAddress(LOOPBACK, port));
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		channel.configureBlocking(false);
		SelectionKey key = channel.register(this.selector, SelectionKey.OP_READ);
		ClosedLoopClient client = new ClosedLoopClient(channel, key, requests);
		key.attach(client);
		this.clients.add(client);
	}

	/**
	 * Send requests for the given time, and wait for the responses to the last ones.
	 * @param listener is called for each response
	 * @throws IOException if a connection is closed, or if no response arrives for 30 s
	 */
	public void run(Duration length, ResponseListener listener) throws IOException {
		long end = System.nanoTime() + length.toNanos();
		for (ClosedLoopClient client : this.clients) {
			client.send();
		}
		int waiting = this.clients.size();
		while (waiting > 0) {
			if (this.selector.select(TIMEOUT_MILLIS) == 0) {
				throw new IOException("No response arrived for 30 s");
			}
			for (SelectionKey key : this.selector.selectedKeys()) {
				ClosedLoopClient client = (ClosedLoopClient) key.attachment();
				if (client.proceed(this.input, listener)) {
					if (System.nanoTime() < end) {
						client.send();
					}
					else {
						waiting--;
					}
				}
			}
			this.selector.selectedKeys().clear();
		}
	}

	/**
	 * Send requests at a constant rate for the given time, whether the earlier ones are
	 * answered or not, and wait for the responses to the last ones. A request for which
	 * no client is free waits, and its latency includes the time that it waited.
	 * @param perSecond the rate of all clients together
	 * @param listener is called for each response; latencies begin when the request was
	 * due, with an error of at most 1 ms
	 * @throws IOException as for {@link #run}
	 */
	public void runAtRate(double perSecond, Duration length, ResponseListener listener) throws IOException {
		runAtRate(perSecond, length, false, listener);
	}

	/**
	 * Offer requests at a constant rate, as above, but leave out those for which no
	 * client is free when they are due, as if their senders did not get a connection.
	 * @return how many were left out
	 */
	public long offerAtRate(double perSecond, Duration length, ResponseListener listener) throws IOException {
		return runAtRate(perSecond, length, true, listener);
	}

	private long runAtRate(double perSecond, Duration length, boolean leaveOut, ResponseListener listener)
			throws IOException {
		Deque<ClosedLoopClient> free = new ArrayDeque<>(this.clients);
		long start = System.nanoTime();
		long total = (long) (perSecond * length.toNanos() / 1e9);
		long sent = 0;
		long lastResponse = start;
		long leftOut = 0;
		while (sent < total || free.size() < this.clients.size()) {
			long now = System.nanoTime();
			for (long due = start + dueAfter(sent, perSecond); sent < total && due <= now
					&& !free.isEmpty(); due = start + dueAfter(sent, perSecond)) {
				free.remove().send(due);
				sent++;
			}
			while (leaveOut && sent < total && start + dueAfter(sent, perSecond) <= now) {
				sent++;
				leftOut++;
			}
			if (this.selector.select(1) > 0) {
				lastResponse = now;
				for (SelectionKey key : this.selector.selectedKeys()) {
					ClosedLoopClient client = (ClosedLoopClient) key.attachment();
					if (client.proceed(this.input, listener)) {
						free.add(client);
					}
				}
				this.selector.selectedKeys().clear();
			}
			else if (now - lastResponse > TIMEOUT_MILLIS * 1_000_000L) {
				throw new IOException("No response arrived for 30 s");
			}
		}
		return leftOut;
	}

	private static long dueAfter(long requests, double perSecond) {
		return (long) (requests * 1e9 / perSecond);
	}

	@Override
	public void close() throws IOException {
		for (ClosedLoopClient client : this.clients) {
			client.channel.close();
		}
		this.selector.close();
	}

	/** Is called for each response. */
	@FunctionalInterface
	public interface ResponseListener {

		/**
		 * A response is complete.
		 * @param status its status code
		 * @param nanos from the first byte of the request to the last byte of the
		 * response
		 */
		void onResponse(int status, long nanos);

	}

	private static final class ClosedLoopClient implements ResponseHandler {

		private final SocketChannel channel;

		private final SelectionKey key;

		private final Supplier<TextRequest> requests;

		private ResponseParser parser = new ResponseParser(this);

		private int status;

		private long sentAt;

		private ByteBuffer output = ByteBuffer.allocate(0);

		ClosedLoopClient(SocketChannel channel, SelectionKey key, Supplier<TextRequest> requests) {
			this.channel = channel;
			this.key = key;
			this.requests = requests;
		}

		private void send() throws IOException {
			send(System.nanoTime());
		}

		private void send(long startOfLatency) throws IOException {
			this.output = ByteBuffer.wrap(this.requests.get().encode());
			this.parser = new ResponseParser(this);
			this.sentAt = startOfLatency;
			write();
		}

		/** The socket buffer takes a small request at once, and a long one in parts. */
		private void write() throws IOException {
			this.channel.write(this.output);
			this.key.interestOps(
					this.output.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
		}

		/**
		 * Write and read what is possible, and return whether the response is complete.
		 */
		private boolean proceed(ByteBuffer input, ResponseListener listener) throws IOException {
			if (this.key.isWritable()) {
				write();
			}
			if (!this.key.isReadable()) {
				return false;
			}
			input.clear();
			int length = this.channel.read(input);
			if (length < 0) {
				throw new EOFException("The server closed a connection");
			}
			this.parser.feed(input.array(), 0, length);
			if (this.parser.isComplete()) {
				listener.onResponse(this.status, System.nanoTime() - this.sentAt);
			}
			return this.parser.isComplete();
		}

		@Override
		public void onHead(ResponseHead head) {
			this.status = head.status();
		}

		@Override
		public void onBody(byte[] bytes, int from, int to) {
			// The content does not matter.
		}

	}

}
