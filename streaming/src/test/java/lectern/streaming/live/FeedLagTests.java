package lectern.streaming.live;

import java.time.Instant;

import lectern.streaming.log.InMemoryEventOrigin;
import lectern.streaming.server.StreamMeter;
import lectern.streaming.server.TestSseServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class FeedLagTests {

	private final TestSseServer sseServer = TestSseServer.withManualTime();

	private final InMemoryEventOrigin origin = new InMemoryEventOrigin();

	private final Hub<String> hub = new Hub<>("/events", "/state", this.origin,
			(_, envelope) -> envelope.event().getBytes(), (_) -> null, this.sseServer.server);

	/** They may be years old, and nobody has waited for them. */
	@Test
	void eventsThatFillTheRingAtAStartAreNoLag() {
		this.origin.commitAt(Instant.EPOCH, "old", "older");
		this.hub.start();
		this.hub.filled().block(HANG_LIMIT);
		assertThat(countedLags()).isZero();
		this.origin.commit("new");
		this.origin.commitNothing();
		assertThat(countedLags()).isEqualTo(1);
		this.hub.stop();
	}

	/** What came while the feed was interrupted has waited for it. */
	@Test
	void eventsAfterAnInterruptionAreLag() {
		this.hub.start();
		this.hub.filled().block(HANG_LIMIT);
		this.origin.interrupt();
		this.origin.commit("meanwhile");
		Awaitility.await().atMost(HANG_LIMIT).until(() -> countedLags() == 1);
		this.hub.stop();
	}

	private long countedLags() {
		return this.sseServer.registry.get(StreamMeter.FEED_LAG.getName()).timer().count();
	}

}
