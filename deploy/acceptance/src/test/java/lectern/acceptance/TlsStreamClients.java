package lectern.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** Clients of a stream over TLS, each with its own address and connection. */
final class TlsStreamClients implements AutoCloseable {

	private static final int PARALLEL = 16;

	private final List<Socket> open = new ArrayList<>();

	private final Map<Integer, Integer> statuses = new TreeMap<>();

	/**
	 * Open connections, and keep those of streams open.
	 * @param address the address of each client
	 * @param headers further headers of each client, each with its line end
	 */
	static TlsStreamClients open(SSLContext trust, int port, int clients, IntFunction<String> address,
			IntFunction<String> headers) throws Exception {
		TlsStreamClients all = new TlsStreamClients();
		try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
			List<Callable<Void>> tasks = new ArrayList<>();
			for (int index = 0; index < clients; index++) {
				int client = index;
				tasks.add(() -> {
					all.connect(trust, port, address.apply(client), headers.apply(client));
					return null;
				});
			}
			for (Future<Void> connected : threads.invokeAll(tasks)) {
				connected.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
		}
		return all;
	}

	private void connect(SSLContext trust, int port, String address, String headers) throws IOException {
		Socket plain = new Socket();
		keep(plain);
		plain.setSoTimeout((int) HANG_LIMIT.toMillis());
		plain.bind(new InetSocketAddress(address, 0));
		plain.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), (int) HANG_LIMIT.toMillis());
		SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
		String request = "GET /api/v1/catalog/events HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		String status = new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()),
				StandardCharsets.US_ASCII);
		count(Integer.parseInt(status.substring(status.length() - 3)));
		if (status.endsWith("200")) {
			awaitId(socket.getInputStream());
		}
		else {
			socket.close();
		}
	}

	/** The stream has begun when its first event is there. */
	private static void awaitId(InputStream stream) throws IOException {
		StringBuilder received = new StringBuilder();
		while (received.indexOf("\nid:") < 0) {
			int next = stream.read();
			if (next < 0) {
				throw new IOException("Ended after " + received);
			}
			received.append((char) next);
		}
	}

	private synchronized void keep(Socket socket) {
		this.open.add(socket);
	}

	private synchronized void count(int status) {
		this.statuses.merge(status, 1, Integer::sum);
	}

	/** How many responses had each status. */
	synchronized Map<Integer, Integer> statuses() {
		return Map.copyOf(this.statuses);
	}

	@Override
	public synchronized void close() throws IOException {
		for (Socket socket : this.open) {
			socket.close();
		}
	}

}
