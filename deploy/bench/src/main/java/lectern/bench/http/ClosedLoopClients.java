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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Clients that each send the next request once the last is answered, all on one thread:
 * it takes little of the machine that it measures. For one thread.
 */
public final class ClosedLoopClients implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 30_000;

	private final Selector selector;

	private final List<ClosedLoopClient> clients = new ArrayList<>();

	private final ByteBuffer input = ByteBuffer.allocate(64 * 1024);

	private ClosedLoopClients(Selector selector) {
		this.selector = selector;
	}

	/**
	 * Connect clients to a port of this machine.
	 * @param work makes the requests of one client each
	 */
	public static ClosedLoopClients connect(int port, List<Supplier<TextRequest>> work) throws IOException {
		ClosedLoopClients clients = new ClosedLoopClients(Selector.open());
		try {
			for (Supplier<TextRequest> requests : work) {
				clients.add(port, requests);
			}
			return clients;
		}
		catch (IOException ex) {
			clients.close();
			throw ex;
		}
	}

	private void add(int port, Supplier<TextRequest> requests) throws IOException {
		SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		channel.configureBlocking(false);
		ClosedLoopClient client = new ClosedLoopClient(channel, requests);
		channel.register(this.selector, SelectionKey.OP_READ, client);
		this.clients.add(client);
	}

	/**
	 * Send requests for some time, and wait for the answers to the last ones.
	 * @param answers is told of each answer
	 * @throws IOException if a connection ends, or nothing is answered for half a minute
	 */
	public void run(Duration length, ResponseListener answers) throws IOException {
		long end = System.nanoTime() + length.toNanos();
		for (ClosedLoopClient client : this.clients) {
			client.send();
		}
		int waiting = this.clients.size();
		while (waiting > 0) {
			if (this.selector.select(TIMEOUT_MILLIS) == 0) {
				throw new IOException("Nothing was answered for half a minute");
			}
			for (SelectionKey key : this.selector.selectedKeys()) {
				ClosedLoopClient client = (ClosedLoopClient) key.attachment();
				if (client.read(this.input, answers)) {
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

	@Override
	public void close() throws IOException {
		for (ClosedLoopClient client : this.clients) {
			client.channel.close();
		}
		this.selector.close();
	}

	/** Is told of answers. */
	@FunctionalInterface
	public interface ResponseListener {

		/**
		 * A request was answered.
		 * @param status of the answer
		 * @param nanos from the request's first byte until the answer's last
		 */
		void onResponse(int status, long nanos);

	}

	private static final class ClosedLoopClient implements ResponseHandler {

		private final SocketChannel channel;

		private final Supplier<TextRequest> requests;

		private ResponseParser parser = new ResponseParser(this);

		private int status;

		private long sentAt;

		ClosedLoopClient(SocketChannel channel, Supplier<TextRequest> requests) {
			this.channel = channel;
			this.requests = requests;
		}

		/** A request is small and alone: the socket takes it whole. */
		private void send() throws IOException {
			ByteBuffer bytes = ByteBuffer.wrap(this.requests.get().encode());
			this.parser = new ResponseParser(this);
			this.sentAt = System.nanoTime();
			while (bytes.hasRemaining()) {
				this.channel.write(bytes);
			}
		}

		/** Whether the answer is whole now. */
		private boolean read(ByteBuffer input, ResponseListener answers) throws IOException {
			input.clear();
			int length = this.channel.read(input);
			if (length < 0) {
				throw new EOFException("The server has closed a connection");
			}
			this.parser.feed(input.array(), 0, length);
			if (this.parser.isComplete()) {
				answers.onResponse(this.status, System.nanoTime() - this.sentAt);
			}
			return this.parser.isComplete();
		}

		@Override
		public void onHead(ResponseHead head) {
			this.status = head.status();
		}

		@Override
		public void onBody(byte[] bytes, int from, int to) {
			// Only that it came counts.
		}

	}

}
