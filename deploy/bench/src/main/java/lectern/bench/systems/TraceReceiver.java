package lectern.bench.systems;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Takes traces over HTTP and drops them. */
public final class TraceReceiver implements AutoCloseable {

	private static final String PATH = "/v1/traces";

	private final HttpServer server;

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final LongAdder exports = new LongAdder();

	private TraceReceiver(HttpServer server) {
		this.server = server;
	}

	/** Start a receiver on a free port. */
	public static TraceReceiver start() throws IOException {
		TraceReceiver receiver = new TraceReceiver(
				HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
		receiver.server.setExecutor(receiver.executor);
		receiver.server.createContext(PATH, receiver::receive);
		receiver.server.start();
		return receiver;
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
			exchange.sendResponseHeaders(200, -1);
			this.exports.increment();
		}
	}

	/** Return the address that the services export to. */
	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + PATH;
	}

	/** Return how many exports have arrived; each carries many spans. */
	public long exports() {
		return this.exports.sum();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.close();
	}

}
