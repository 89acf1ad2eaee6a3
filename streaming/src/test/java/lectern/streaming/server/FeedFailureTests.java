package lectern.streaming.server;

import lectern.streaming.sse.SseFrame;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A connection whose feed fails ends at once, instead of sending heartbeats only. */
class FeedFailureTests {

	private final TestSseServer sseServer = TestSseServer.withManualTime();

	private final Sinks.Empty<Void> feed = Sinks.empty();

	@Test
	void failedFeedEndsConnectionWithError() {
		EmbeddedStreamClient client = this.sseServer.open(connection(this.feed.asMono()));
		assertThat(client.channel.isOpen()).isTrue();
		this.feed.tryEmitError(new IllegalStateException("broken encoder"));
		assertThat(client.text()).matches("retry:\\d{4}\\n:lectern\\n\\n"
				+ "retry:[2-5]\\d{3}\\n\\nevent:end\\nid:epoch000-7\\ndata:\\{\"reason\":\"error\"}\\n\\n");
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(client.permitReleases).isOne();
		assertThat(this.sseServer.closed("error")).isOne();
		assertThat(this.sseServer.openConnections()).isZero();
	}

	@Test
	void feedFailureOnAnotherThreadEndsConnectionOnEventLoop() {
		Mono<Void> failing = Mono.<Void>error(new IllegalStateException("broken encoder"))
			.subscribeOn(Schedulers.parallel());
		EmbeddedStreamClient client = this.sseServer.open(connection(failing));
		Awaitility.await().atMost(HANG_LIMIT).until(() -> client.text().contains("\"error\""));
		assertThat(this.sseServer.closed("error")).isOne();
	}

	@Test
	void completedFeedKeepsConnection() {
		EmbeddedStreamClient client = this.sseServer.open(connection(this.feed.asMono()));
		this.feed.tryEmitEmpty();
		assertThat(client.text()).doesNotContain("event:end");
		assertThat(client.channel.isOpen()).isTrue();
	}

	@Test
	void closedConnectionCancelsFeed() {
		EmbeddedStreamClient client = this.sseServer.open(connection(this.feed.asMono()));
		assertThat(this.feed.currentSubscriberCount()).isOne();
		client.channel.close();
		assertThat(this.feed.currentSubscriberCount()).isZero();
	}

	private SseConnection connection(Mono<Void> source) {
		return new SseConnection(this.sseServer.server.meters("/events"), null) {
			@Override
			protected void onOpen() {
				writeAndRelease(SseFrame.opening((String) null));
			}

			@Override
			protected @Nullable Mono<Void> feed() {
				return source;
			}

			@Override
			protected SseFrame heartbeat() {
				return SseFrame.comment();
			}

			@Override
			protected @Nullable String lastEventId() {
				return "epoch000-7";
			}

			@Override
			protected void onClose() {
			}
		};
	}

}
