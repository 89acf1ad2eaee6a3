package lectern.streaming.live;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import lectern.streaming.log.Cursor;
import lectern.streaming.postgreslog.LogNotifications;
import lectern.streaming.postgreslog.PostgresEventOrigin;
import lectern.streaming.postgreslog.TestPools;
import lectern.streaming.postgreslog.TestPostgresLog;
import lectern.streaming.server.StreamMeter;
import lectern.streaming.server.TestSseServer;
import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseEvent;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
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

/** The hub with real HTTP and a real log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubIntegrationTests {

	private final TestPostgresLog log = new TestPostgresLog();

	private final LogNotifications notifications = new LogNotifications(this.log.pool);

	private final TestSseServer sseServer = TestSseServer.withRealTime();

	private final Hub<String> hub = hub();

	private DisposableServer server;

	private Hub<String> hub() {
		return new Hub<>("/events", "/state",
				new PostgresEventOrigin<>(this.log.head, this.log, "note", this.notifications),
				(cursor, envelope) -> envelope.event().getBytes(StandardCharsets.UTF_8), (_) -> null,
				"rewritten"::equals, this.sseServer.server);
	}

	@BeforeAll
	void start() {
		this.log.create().block(HANG_LIMIT);
		this.notifications.start();
		this.hub.start();
		this.sseServer.startTimer();
		this.server = serve(this.hub, StreamFilter.all(this.log));
	}

	private DisposableServer serve(Hub<String> served, StreamFilter<String> filter) {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(
					WebHttpHandlerBuilder.webHandler((exchange) -> served.serve(exchange, null, filter)).build()))
			.bindNow(HANG_LIMIT);
	}

	@AfterAll
	void stop() {
		this.hub.stop();
		this.sseServer.stopTimer();
		this.server.disposeNow(HANG_LIMIT);
		this.notifications.stop();
		TestPools.close(this.log.pool);
	}

	@Test
	void sendsOpeningAtOnceAndEventOnCommit() {
		List<SseEvent> received = receive(connect(null).take(2), () -> this.log.commit("hello").block(HANG_LIMIT), 1);
		assertThat(received.getFirst().text()).contains("retry:").contains("id:epochoftest-");
		assertThat(received.getLast().dataText()).isEqualTo("hello");
	}

	@Test
	void restartedHubServesConnections() {
		Hub<String> restarted = hub();
		restarted.start();
		restarted.stop();
		restarted.start();
		DisposableServer other = serve(restarted, StreamFilter.all(this.log));
		try {
			List<SseEvent> received = receive(client(other).events("/events", null).take(2),
					() -> this.log.commit("again").block(HANG_LIMIT), 1);
			assertThat(received.getLast().dataText()).isEqualTo("again");
		}
		finally {
			restarted.stop();
			other.disposeNow(HANG_LIMIT);
		}
	}

	@Test
	void resumeFromOpeningIdDeliversMissedEvents() {
		SseEvent opening = receive(connect(null).take(1), () -> {
		}, 0).getFirst();
		this.log.commit("missed 1").block(HANG_LIMIT);
		this.log.commit("missed 2").block(HANG_LIMIT);
		List<SseEvent> resumed = receive(connect(opening.id()).take(4),
				() -> this.log.commit("live again").block(HANG_LIMIT), 3);
		assertThat(data(resumed)).containsExactly("missed 1", "missed 2", "live again");
	}

	@Test
	void eventsBeforeARewriteAreReadAgain() {
		Runnable nothing = () -> {
		};
		String before = receive(connect(null).take(1), nothing, 0).getFirst().id();
		this.log.commit("original").block(HANG_LIMIT);
		assertThat(data(receive(connect(before).take(2), nothing, 0))).containsExactly("original");
		this.log.database.sql("update note set content = 'stub' where content = 'original'").then().block(HANG_LIMIT);
		this.log.commit("rewritten").block(HANG_LIMIT);
		receive(connect(before).take(3), nothing, 0);

		assertThat(data(receive(connect(before).take(3), nothing, 0))).containsExactly("stub", "rewritten");
	}

	@Test
	void malformedForeignAndFutureCursorsAreReset() {
		for (String id : List.of("nonsense", "otherepoch-1", "epochoftest-zzzzzz")) {
			List<SseEvent> received = receive(connect(id).take(2), () -> {
			}, 0);
			assertThat(received.getLast().text()).as(id)
				.startsWith("event:reset\nid:epochoftest-")
				.contains("\"read\":\"/state\"");
		}
		assertThat(this.sseServer.registry.get(StreamMeter.RESETS.getName()).counters()).hasSize(3);
	}

	@Test
	void acceptsCommittedCursorBeforeRingBufferHasIt() {
		long position = Objects.requireNonNull(this.log.commit("just written").block(HANG_LIMIT));
		List<SseEvent> received = receive(connect(new Cursor("epochoftest", position).toString()).take(2),
				() -> this.log.commit("after it").block(HANG_LIMIT), 1);
		assertThat(data(received)).containsExactly("after it");
	}

	/** Read from a plain socket, to see that the server itself closes the connection. */
	@Test
	void expiredConnectionGetsEndEventAndIsClosed() throws Exception {
		TokenSession session = new TokenSession(null, Instant.now().plusSeconds(3));
		DisposableServer other = serve(this.hub, new StreamFilter<>(null, null, this.log, session));
		try (Socket socket = new Socket("127.0.0.1", other.port())) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream()
				.write("GET /events HTTP/1.1\r\nHost: any\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			// The response ends when the server closes the connection.
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response).startsWith("HTTP/1.1 200 OK")
				.containsPattern("\n\nevent:end\nid:epochoftest-\\S+\ndata:\\{\"reason\":\"signed-out\"}\n\n$");
		}
		finally {
			other.disposeNow(HANG_LIMIT);
		}
		assertThat(this.sseServer.closed("signed-out")).isEqualTo(1);
	}

	@Test
	void shutdownSendsDrainEvent() throws Exception {
		CompletableFuture<Boolean> stopped = new CompletableFuture<>();
		List<SseEvent> received = receive(connect(null), () -> this.sseServer.server.stop(() -> stopped.complete(true)),
				1);
		assertThat(received.getLast().event()).isEqualTo("end");
		assertThat(received.getLast().dataText()).isEqualTo("{\"reason\":\"drain\"}");
		assertThat(stopped.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		this.sseServer.server.start();
	}

	private Flux<SseEvent> connect(@Nullable String lastEventId) {
		return client(this.server).events("/events", lastEventId);
	}

	private static SseClient client(DisposableServer server) {
		return new SseClient(HttpClient.newConnection().host("127.0.0.1").port(server.port()));
	}

	/** Receive a finite stream; run an action once some events have been received. */
	private static List<SseEvent> receive(Flux<SseEvent> stream, Runnable action, int after) {
		List<SseEvent> received = new ArrayList<>();
		stream.doOnNext((event) -> {
			received.add(event);
			if (received.size() == after) {
				Thread.startVirtualThread(action);
			}
		}).then().block(HANG_LIMIT);
		return received;
	}

	private static List<String> data(List<SseEvent> events) {
		return events.stream().filter(SseEvent::isLogEvent).map(SseEvent::dataText).toList();
	}

}
