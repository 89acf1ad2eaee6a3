package lectern.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards TCP connections, and can cut all of them like a network that fails. */
final class CuttingProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

	private final AtomicInteger connectionCount = new AtomicInteger();

	private final int targetPort;

	CuttingProxy(int targetPort) throws IOException {
		this.targetPort = targetPort;
		Thread.ofVirtual().name("proxy").start(this::accept);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				Socket target = new Socket(InetAddress.getLoopbackAddress(), this.targetPort);
				this.sockets.addAll(List.of(client, target));
				this.connectionCount.incrementAndGet();
				Fault fault = Objects.requireNonNullElse(this.faults.poll(), Fault.NONE);
				Thread.ofVirtual().start(() -> forward(client, target, fault.requestBytes()));
				Thread.ofVirtual().start(() -> forward(target, client, fault.responseBytes()));
			}
		}
		catch (IOException _) {
			// The proxy was closed.
		}
	}

	/** Forward a number of bytes, or all. */
	private static void forward(Socket from, Socket to, int bytes) {
		try (from; to) {
			if (bytes == Fault.ALL) {
				from.getInputStream().transferTo(to.getOutputStream());
			}
			else {
				to.getOutputStream().write(from.getInputStream().readNBytes(bytes));
				from.getInputStream().read();
			}
		}
		catch (IOException _) {
			// One side is closed, so the other one is closed as well.
		}
	}

	/** Cut one of the next connections when so much of a request has arrived. */
	void cutRequestAfter(int bytes) {
		this.faults.add(new Fault(bytes, Fault.ALL));
	}

	/** Cut one of the next connections when its response begins. */
	void loseResponse() {
		this.faults.add(new Fault(Fault.ALL, 0));
	}

	int connectionCount() {
		return this.connectionCount.get();
	}

	/** Close all connections. New ones are accepted. */
	void cut() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.sockets.clear();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

	/**
	 * Where a connection is cut.
	 *
	 * @param requestBytes as many are forwarded to the target
	 * @param responseBytes as many are forwarded to the client
	 */
	private record Fault(int requestBytes, int responseBytes) {

		static final int ALL = -1;

		static final Fault NONE = new Fault(ALL, ALL);

	}

}
