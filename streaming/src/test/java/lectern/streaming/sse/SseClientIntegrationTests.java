package lectern.streaming.sse;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The client against a real HTTP server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SseClientIntegrationTests {

	private static final String EVENT = "id:epoch000-1\ndata:{\"a\":1}\n\n";

	/** The headers of the requests, and what happened to their connections. */
	private final BlockingQueue<String> observations = new LinkedBlockingQueue<>();

	private DisposableServer server;

	@BeforeAll
	void start() {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.get("/finite", this::finite)
				.get("/silent", (_, response) -> response.sse().sendString(Flux.just(EVENT).concatWith(Flux.never())))
				.get("/large", (_, response) -> response.sse().sendString(Mono.just("data:" + "x".repeat(200))))
				.get("/problem", (_, response) -> response.status(503).sendString(Mono.just("data:no event\n\n")))
				.get("/open", this::open))
			.bindNow(HANG_LIMIT);
	}

	@AfterAll
	void stop() {
		this.server.disposeNow(HANG_LIMIT);
	}

	private Publisher<Void> finite(HttpServerRequest request, HttpServerResponse response) {
		this.observations
			.add(request.requestHeaders().get("Accept") + " " + request.requestHeaders().get("Last-Event-ID"));
		return response.sse().sendString(Flux.just("retry:2000\n:lectern\n\n", EVENT, "event:end\ndata:{}\n\n", "id:"));
	}

	private Publisher<Void> open(HttpServerRequest request, HttpServerResponse response) {
		request.withConnection((connection) -> connection.onDispose(() -> this.observations.add("closed")));
		return response.sse().sendString(Flux.just(EVENT).concatWith(Flux.never()));
	}

	@Test
	void emitsCompleteEventsAndCompletesWithTheResponse() throws InterruptedException {
		StepVerifier.create(client().events("/finite", "epoch000-0").map(SseEvent::text))
			.expectNext("retry:2000\n:lectern\n\n", EVENT, "event:end\ndata:{}\n\n")
			.expectComplete()
			.verify(HANG_LIMIT);
		assertThat(nextObservation()).isEqualTo("text/event-stream epoch000-0");
	}

	@Test
	void sendsNoLastEventIdWithoutOne() throws InterruptedException {
		client().events("/finite", null).blockLast(HANG_LIMIT);
		assertThat(nextObservation()).isEqualTo("text/event-stream null");
	}

	@Test
	void otherStatusThan200Fails() {
		StepVerifier.create(client().events("/problem", null))
			.expectErrorSatisfies(
					(failure) -> assertThat(failure).isInstanceOfSatisfying(SseClient.UnexpectedStatusException.class,
							(unexpected) -> assertThat(unexpected.status()).isEqualTo(503)))
			.verify(HANG_LIMIT);
	}

	@Test
	void silenceFailsAfterTimeout() {
		StepVerifier.create(client().events("/silent", null))
			.expectNextCount(1)
			.expectError(TimeoutException.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void tooLargeEventFails() {
		StepVerifier.create(client().events("/large", null))
			.expectError(IllegalStateException.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void cancellationClosesConnection() throws InterruptedException {
		assertThat(client().events("/open", null).blockFirst(HANG_LIMIT)).isNotNull();
		assertThat(nextObservation()).isEqualTo("closed");
	}

	private @Nullable String nextObservation() throws InterruptedException {
		return this.observations.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private SseClient client() {
		return new SseClient(HttpClient.newConnection().host("127.0.0.1").port(this.server.port()), 100,
				Duration.ofMillis(500));
	}

}
