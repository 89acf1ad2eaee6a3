package lectern.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** A collector that takes spans over OTLP and HTTP, and keeps them. */
final class TraceCollector implements AutoCloseable {

	private static final String PATH = "/v1/traces";

	private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();

	/** All that was received, in which a text can be looked for. */
	private final Queue<String> contents = new ConcurrentLinkedQueue<>();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final int port;

	private HttpServer server;

	private volatile CountDownLatch stalled = new CountDownLatch(0);

	private TraceCollector() throws IOException {
		this.server = listen(0);
		this.port = this.server.getAddress().getPort();
	}

	static TraceCollector start() throws IOException {
		return new TraceCollector();
	}

	private HttpServer listen(int listeningPort) throws IOException {
		HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), listeningPort),
				0);
		listening.createContext(PATH, this::receive);
		listening.setExecutor(this.executor);
		listening.start();
		return listening;
	}

	String endpoint() {
		return "http://127.0.0.1:" + this.port + PATH;
	}

	/** Be away, so that connections are refused. */
	void leave() {
		this.server.stop(0);
	}

	/** Be there again, under the same address. */
	void comeBack() throws IOException {
		this.server = listen(this.port);
	}

	private void receive(HttpExchange exchange) throws IOException {
		byte[] content = exchange.getRequestBody().readAllBytes();
		this.contents.add(new String(content, StandardCharsets.ISO_8859_1));
		ExportTraceServiceRequest.parseFrom(content)
			.getResourceSpansList()
			.stream()
			.flatMap(TraceCollector::spansOf)
			.forEach(this.spans::add);
		try {
			this.stalled.await(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

	private static Stream<ReceivedSpan> spansOf(ResourceSpans received) {
		String service = received.getResource()
			.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals("service.name"))
			.map((attribute) -> attribute.getValue().getStringValue())
			.findFirst()
			.orElse("");
		return received.getScopeSpansList()
			.stream()
			.flatMap((scope) -> scope.getSpansList().stream())
			.map((span) -> ReceivedSpan.of(service, span));
	}

	/** From now on take spans, but give no answer. */
	void stall() {
		this.stalled = new CountDownLatch(1);
	}

	/** Give the answers that were held back. */
	void goOn() {
		this.stalled.countDown();
	}

	/** Wait for a span. */
	ReceivedSpan await(Predicate<ReceivedSpan> wanted) {
		return Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> this.spans.stream().filter(wanted).findFirst(), (found) -> found.isPresent())
			.orElseThrow();
	}

	List<ReceivedSpan> spans() {
		return List.copyOf(this.spans);
	}

	boolean hasReceived(String text) {
		return this.contents.stream().anyMatch((content) -> content.contains(text));
	}

	@Override
	public void close() {
		goOn();
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}
