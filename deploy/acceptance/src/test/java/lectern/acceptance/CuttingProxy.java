package lectern.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Forwards TCP connections, and can cut all of them like a network that fails. */
final class CuttingProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

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
				Thread.ofVirtual().start(() -> forward(client, target));
				Thread.ofVirtual().start(() -> forward(target, client));
			}
		}
		catch (IOException _) {
			// The proxy was closed.
		}
	}

	private static void forward(Socket from, Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException _) {
			// One side is closed, so the other one is closed as well.
		}
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

}
