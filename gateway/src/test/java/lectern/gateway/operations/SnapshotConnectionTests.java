package lectern.gateway.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.server.EmbeddedStreamClient;
import lectern.streaming.server.TestSseServer;
import lectern.streaming.sse.SseFrame;
import lectern.web.TokenSession;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Operators' connections on channels in memory, with manual time. */
class SnapshotConnectionTests {

	private final TestSseServer sseServer = TestSseServer.withManualTime();

	/** As the publisher's: the latest snapshot first. */
	private final Sinks.Many<SseFrame> snapshots = Sinks.many().replay().latest();

	private final List<SseFrame> frames = new ArrayList<>();

	@AfterEach
	void releaseFrames() {
		this.frames.forEach(SseFrame::release);
	}

	@Test
	void sendsOpeningBeforeFirstSnapshot() {
		assertThat(connect(null).text()).matches("retry:[2-5]\\d{3}\\n:lectern\\n\\n");
	}

	@Test
	void sendsEachSnapshotOnce() {
		EmbeddedStreamClient client = connect(null);
		emitSnapshot("a");
		assertThat(client.text()).endsWith(":lectern\n\ndata:a\n\n");
		emitSnapshot("b");
		assertThat(client.text()).endsWith(":lectern\n\ndata:a\n\ndata:b\n\n");
	}

	@Test
	void startsWithLatestSnapshot() {
		emitSnapshot("a");
		emitSnapshot("b");
		assertThat(connect(null).text()).endsWith(":lectern\n\ndata:b\n\n");
	}

	@Test
	void slowClientSkipsToLatestSnapshot() {
		EmbeddedStreamClient slow = connect(null);
		EmbeddedStreamClient quick = connect(null);
		slow.stopReading();
		String large = "1".repeat(100_000);
		emitSnapshot(large);
		slow.text();
		assertThat(quick.text()).endsWith(large + "\n\n");
		for (int number = 2; number <= 8; number++) {
			emitSnapshot(Integer.toString(number));
			slow.text();
			assertThat(quick.text()).endsWith("data:" + number + "\n\n");
		}
		slow.resumeReading();
		assertThat(slow.text()).endsWith(large + "\n\ndata:8\n\n");
		emitSnapshot("9");
		assertThat(slow.text()).endsWith(large + "\n\ndata:8\n\ndata:9\n\n");
	}

	@Test
	void releasedSnapshotIsSkipped() {
		EmbeddedStreamClient client = connect(null);
		SseFrame outdated = SseFrame.event("a".getBytes(UTF_8));
		this.snapshots.tryEmitNext(outdated);
		outdated.release();
		emitSnapshot("b");
		assertThat(client.text()).endsWith(":lectern\n\ndata:b\n\n");
	}

	@Test
	void silenceIsFilledWithComments() {
		EmbeddedStreamClient client = connect(null);
		client.advanceTo(15_000);
		assertThat(client.text()).endsWith(":lectern\n\n:\n\n");
	}

	@Test
	void sessionEndSendsSignedOut() {
		EmbeddedStreamClient client = connect(Instant.now().plusSeconds(60));
		emitSnapshot("a");
		client.advanceTo(50_000);
		assertThat(client.text()).doesNotContain("event:end");
		client.advanceTo(59_500);
		assertThat(client.text()).endsWith("data:a\n\nevent:end\ndata:{\"reason\":\"signed-out\"}\n\n");
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(this.sseServer.closed("signed-out")).isOne();
	}

	@Test
	void expiredSessionEndsStreamAtOnce() {
		EmbeddedStreamClient client = connect(Instant.now().minusSeconds(60));
		client.advanceTo(1_000);
		assertThat(client.text()).endsWith("event:end\ndata:{\"reason\":\"signed-out\"}\n\n");
	}

	@Test
	void shutdownSendsEndEventWithDrain() {
		EmbeddedStreamClient client = connect(null);
		this.sseServer.server.stop(() -> {
		});
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			client.channel.runScheduledPendingTasks();
			return client.text().endsWith("event:end\ndata:{\"reason\":\"drain\"}\n\n");
		});
	}

	@Test
	void stalledClientIsClosedAfterThirtySeconds() {
		EmbeddedStreamClient client = connect(null);
		client.stopReading();
		emitSnapshot("a");
		client.text();
		client.advanceTo(1_000);
		client.advanceTo(29_000);
		assertThat(client.channel.isOpen()).isTrue();
		client.advanceTo(31_000);
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(this.sseServer.closed("slow")).isOne();
	}

	@Test
	void disconnectCancelsSnapshots() {
		EmbeddedStreamClient client = connect(null);
		assertThat(this.snapshots.currentSubscriberCount()).isOne();
		client.channel.close();
		assertThat(this.snapshots.currentSubscriberCount()).isZero();
		assertThat(client.permitReleases).isOne();
	}

	private EmbeddedStreamClient connect(@Nullable Instant sessionEnd) {
		return this.sseServer.open(new SnapshotConnection(this.sseServer.server.meters("/operations"),
				new TokenSession(null, sessionEnd), this.snapshots.asFlux()));
	}

	private void emitSnapshot(String json) {
		SseFrame frame = SseFrame.event(json.getBytes(UTF_8));
		this.frames.add(frame);
		this.snapshots.tryEmitNext(frame);
	}

}
