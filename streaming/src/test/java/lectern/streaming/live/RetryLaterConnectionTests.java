package lectern.streaming.live;

import java.time.Duration;

import lectern.streaming.log.InMemoryEventOrigin;
import lectern.streaming.server.EmbeddedStreamClient;
import lectern.streaming.server.SseConnection;
import lectern.streaming.server.TestSseServer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A temporary failure is no reason to reject a request. */
class RetryLaterConnectionTests {

	private final TestSseServer sseServer = TestSseServer.withManualTime();

	private final InMemoryEventOrigin origin = new InMemoryEventOrigin();

	private final Hub<String> hub = new Hub<>("/events", "/state", this.origin,
			(cursor, envelope) -> envelope.event().getBytes(), (_) -> null, this.sseServer.server);

	@Test
	void sendsRequestedCursorAndDrainEvent() {
		EmbeddedStreamClient client = this.sseServer
			.open(new RetryLaterConnection(this.sseServer.server.meters("/events"), "epoch000-3"));
		assertThat(client.text()).matches("retry:\\d{4}\\n:lectern\\nid:epoch000-3\\n\\n"
				+ "retry:\\d{4}\\n\\nevent:end\\ndata:\\{\"reason\":\"drain\"}\\n\\n");
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(client.permitReleases).isEqualTo(1);
	}

	@Test
	void readyTimeoutGivesRetryLaterConnection() {
		StepVerifier.withVirtualTime(this::connection)
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(29))
			.thenAwait(Duration.ofSeconds(1))
			.assertNext((connection) -> assertThat(connection).isInstanceOf(RetryLaterConnection.class))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void shutdownWhileWaitingGivesRetryLaterConnection() {
		StepVerifier.create(connection()).expectSubscription().then(() -> this.sseServer.server.stop(() -> {
		}))
			.assertNext((connection) -> assertThat(connection).isInstanceOf(RetryLaterConnection.class))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void requestDuringShutdownGetsLiveConnection() {
		this.hub.start();
		this.hub.filled().block(HANG_LIMIT);
		this.sseServer.server.stop(() -> {
		});
		StepVerifier.create(connection())
			.assertNext((connection) -> assertThat(connection).isInstanceOf(LiveConnection.class))
			.expectComplete()
			.verify(HANG_LIMIT);
		this.hub.stop();
	}

	private Mono<SseConnection> connection() {
		return this.hub.connection(MockServerHttpRequest.get("/events").build(), StreamFilter.all(this.origin));
	}

}
