package lectern.streaming.live;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.http.HttpHeaders;
import lectern.streaming.log.Cursor;
import lectern.streaming.postgreslog.LogNotifications;
import lectern.streaming.postgreslog.PostgresEventOrigin;
import lectern.streaming.postgreslog.TestPostgresLog;
import lectern.streaming.server.HeartbeatScheduler;
import lectern.streaming.server.SseServer;
import lectern.streaming.server.StreamMeter;
import lectern.streaming.server.StreamSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The hub over real HTTP and a real log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubIntegrationTests {

	private final TestPostgresLog log = new TestPostgresLog();

	private final LogNotifications notifications = new LogNotifications(this.log.pool);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final HeartbeatScheduler heartbeatScheduler = new HeartbeatScheduler(System::currentTimeMillis);

	private final SseServer sseServer = new SseServer(new StreamSettings(100, 10, 100, Duration.ofMillis(200)),
			this.heartbeatScheduler, this.registry);

	private final Hub<String> hub = hub();

	private DisposableServer server;

	private HttpClient client;

	private Hub<String> hub() {
		return new Hub<>("/events", "/present",
				new PostgresEventOrigin<>(this.log.head, this.log, "note", this.notifications),
				(cursor, entry) -> entry.event().getBytes(StandardCharsets.UTF_8), (_) -> null, this.sseServer);
	}

	@BeforeAll
	void start() {
		this.log.create().block(HANG_LIMIT);
		this.notifications.start();
		this.hub.start();
		this.heartbeatScheduler.start();
		this.server = serve(this.hub, StreamFilter.all(this.log));
		this.client = HttpClient.create().host("127.0.0.1").port(this.server.port());
	}

	private DisposableServer serve(Hub<String> served, StreamFilter<String> subscription) {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(
					WebHttpHandlerBuilder.webHandler((exchange) -> served.serve(exchange, null, subscription)).build()))
			.bindNow(HANG_LIMIT);
	}

	@AfterAll
	void stop() {
		this.hub.stop();
		this.heartbeatScheduler.stop();
		this.server.disposeNow(HANG_LIMIT);
		this.notifications.stop();
		this.log.pool.disposeLater().block(HANG_LIMIT);
	}

	@Test
	void sendsOpeningAtOnceAndEventOnCommit() {
		List<String> blocks = events(connect(this.client, (_) -> {
		}).take(2), () -> this.log.commit("hello").block(HANG_LIMIT), 1);
		assertThat(blocks.getFirst()).contains("retry:").contains("id:epochoftest-");
		assertThat(blocks.getLast()).contains("data:hello");
	}

	@Test
	void restartedHubServesConnections() {
		Hub<String> restarted = hub();
		restarted.start();
		restarted.stop();
		restarted.start();
		DisposableServer other = serve(restarted, StreamFilter.all(this.log));
		try {
			List<String> blocks = events(connect(this.client.port(other.port()), (_) -> {
			}).take(2), () -> this.log.commit("again").block(HANG_LIMIT), 1);
			assertThat(blocks.getLast()).contains("data:again");
		}
		finally {
			restarted.stop();
			other.disposeNow(HANG_LIMIT);
		}
	}

	@Test
	void resumeFromOpeningIdDeliversMissedEvents() {
		String opening = events(connect(this.client, (_) -> {
		}).take(1), () -> {
		}, 0).getFirst();
		String id = opening.substring(opening.indexOf("id:") + 3).strip();
		this.log.commit("while away 1").block(HANG_LIMIT);
		this.log.commit("while away 2").block(HANG_LIMIT);
		List<String> resumed = events(connect(this.client, (headers) -> headers.set("Last-Event-ID", id)).take(4),
				() -> this.log.commit("back again").block(HANG_LIMIT), 3);
		assertThat(data(resumed)).containsExactly("while away 1", "while away 2", "back again");
	}

	@Test
	void malformedForeignAndFutureCursorsAreReset() {
		for (String id : List.of("nonsense", "otherepoch-1", "epochoftest-zzzzzz")) {
			List<String> blocks = events(connect(this.client, (headers) -> headers.set("Last-Event-ID", id)).take(2),
					() -> {
					}, 0);
			assertThat(blocks.get(1)).as(id)
				.startsWith("event:reset\nid:epochoftest-")
				.contains("\"read\":\"/present\"");
		}
		assertThat(this.registry.get(StreamMeter.RESETS.meterName()).counters()).hasSize(3);
	}

	@Test
	void acceptsCommittedCursorBeforeRingBufferHasIt() {
		long position = Objects.requireNonNull(this.log.commit("just written").block(HANG_LIMIT));
		String id = new Cursor("epochoftest", position).toString();
		List<String> blocks = events(connect(this.client, (headers) -> headers.set("Last-Event-ID", id)).take(2),
				() -> this.log.commit("after it").block(HANG_LIMIT), 1);
		assertThat(data(blocks)).containsExactly("after it");
	}

	@Test
	void expiredConnectionGetsAgeEventAndIsClosed() throws Exception {
		Instant sessionEnd = Instant.now().plusSeconds(3);
		DisposableServer other = serve(this.hub, new StreamFilter<>(null, null, this.log, sessionEnd));
		try (Socket socket = new Socket("127.0.0.1", other.port())) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream()
				.write("GET /events HTTP/1.1\r\nHost: any\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			// All there is to read ends where the server closes.
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 200 OK")
				.containsPattern("retry:\\d{3,4}\n\nevent:end\ndata:\\{\"reason\":\"age\"}\n\n$");
		}
		finally {
			other.disposeNow(HANG_LIMIT);
		}
		assertThat(this.registry.get(StreamMeter.CLOSED.meterName()).tag("reason", "age").counter().count())
			.isEqualTo(1);
	}

	@Test
	void shutdownSendsDrainEvent() throws Exception {
		CompletableFuture<Boolean> stopped = new CompletableFuture<>();
		List<String> blocks = events(connect(this.client, (_) -> {
		}), () -> this.sseServer.stop(() -> stopped.complete(true)), 1);
		assertThat(String.join("\n\n", blocks)).contains("event:end\ndata:{\"reason\":\"drain\"}");
		assertThat(stopped.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		this.sseServer.start();
	}

	private Flux<String> connect(HttpClient http, Consumer<HttpHeaders> headers) {
		return http.headers(headers)
			.get()
			.uri("/events")
			.responseContent()
			.asString()
			.concatMapIterable((chunk) -> List.of(chunk.split("(?<=\n\n)")))
			.filter((block) -> !block.matches("retry:\\d+\n\n"));
	}

	/** Blocks received; the action is taken once so many have come. */
	private static List<String> events(Flux<String> stream, Runnable action, int at) {
		List<String> seen = new ArrayList<>();
		stream.doOnNext((block) -> {
			seen.add(block);
			if (seen.size() == at) {
				Thread.startVirtualThread(action);
			}
		}).then().block(HANG_LIMIT);
		return seen;
	}

	private static List<String> data(List<String> blocks) {
		return blocks.stream()
			.filter((block) -> block.contains("\ndata:"))
			.map((block) -> block.substring(block.indexOf("\ndata:") + 6).strip())
			.toList();
	}

}
