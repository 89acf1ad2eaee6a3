package lectern.streaming.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.buffer.Unpooled;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.InMemoryEventOrigin;
import lectern.streaming.server.EmbeddedStreamClient;
import lectern.streaming.server.StreamMeter;
import lectern.streaming.server.TestSseServer;
import lectern.web.TokenSession;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Connections to a live stream, on channels in memory and with manual time. */
@NullUnmarked
class LiveConnectionTests {

	private final InMemoryEventOrigin origin = new InMemoryEventOrigin();

	private final TestSseServer sseServer = TestSseServer.withManualTime();

	private final Hub<String> hub = new Hub<>("/events", "/state", this.origin,
			(cursor, envelope) -> envelope.event().getBytes(),
			(event) -> event.startsWith("@") ? event.substring(1) : null, this.sseServer.server);

	@BeforeEach
	void start() {
		this.hub.start();
		this.hub.filled().block(HANG_LIMIT);
	}

	@AfterEach
	void stop() {
		this.hub.stop();
	}

	@Test
	void opensWithRetryCommentAndStartCursor() {
		assertThat(connect(0).text()).matches("retry:\\d{4}\\n:lectern\\nid:epoch000-0\\n\\n");
	}

	@Test
	void deliversEachEventOnce() {
		EmbeddedStreamClient client = connect(0);
		this.origin.commit("one");
		assertThat(client.events()).containsExactly("one");
		this.origin.commit("two", "three");
		assertThat(client.events()).containsExactly("one", "two", "three");
		assertThat(client.text()).endsWith("id:epoch000-3\ndata:three\n\n");
		assertThat(frames()).isEqualTo(4);
	}

	@Test
	void startWithinRingBufferContinuesWithoutReadingLog() {
		this.origin.commit("one", "two", "three");
		EmbeddedStreamClient client = connect(1);
		assertThat(client.events()).containsExactly("two", "three");
		assertThat(this.origin.reads).isEmpty();
	}

	@Test
	void startAheadOfRingBufferGetsOnlyLaterEvents() {
		EmbeddedStreamClient client = connect(2);
		this.origin.commit("one");
		this.origin.commit("two");
		this.origin.commit("three");
		assertThat(client.events()).as(client.text()).containsExactly("three");
	}

	@Test
	void startBeforeRingBufferCatchesUpAndContinuesLive() {
		this.origin.commitMany(9_000);
		EmbeddedStreamClient client = connect(0);
		this.origin.commitMany(100);
		client.awaitEvents(9_100);
		this.origin.commitMany(1);
		assertThat(client.events()).isEqualTo(eventsBetween(1, 9_101));
		assertThat(this.origin.reads).hasSizeGreaterThan(10);
	}

	@Test
	void failedCatchUpReadIsRetried() {
		this.origin.commitMany(5_000);
		this.origin.unavailable = true;
		EmbeddedStreamClient client = connect(0);
		client.text();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.origin.reads.size() == 1);
		this.origin.unavailable = false;
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			client.advanceTo(2_000);
			return client.events().size() == 5_000;
		});
		assertThat(client.events()).isEqualTo(eventsBetween(1, 5_000));
	}

	@Test
	void filteredCatchUpSendsPassedCursor() {
		this.origin.commitMany(5_000);
		EmbeddedStreamClient client = connect(StreamFilter.where((event) -> event.equals("event 3"), this.origin), 0);
		Awaitility.await().atMost(HANG_LIMIT).until(() -> client.text().contains("id:epoch000-3uw\n\n"));
		assertThat(client.events()).containsExactly("event 3");
		assertThat(client.text()).contains("\n\nid:epoch000-74\n\n");
	}

	@Test
	void sendsOnlyMatchingEvents() {
		EmbeddedStreamClient client = connect(StreamFilter.where((event) -> event.endsWith("5"), this.origin), 0);
		this.origin.commitMany(30);
		assertThat(client.events()).containsExactly("event 5", "event 15", "event 25");
	}

	@Test
	void keyedConnectionGetsOnlyEventsOfItsKey() {
		EmbeddedStreamClient ada = connect(byKey("ada"), 0);
		EmbeddedStreamClient bob = connect(byKey("bob"), 0);
		this.origin.commit("@ada", "@bob", "@carol", "@ada");
		assertThat(ada.events()).containsExactly("@ada", "@ada");
		assertThat(bob.events()).containsExactly("@bob");
	}

	/** The ring has the events of all keys, and all of them were once delivered. */
	@Test
	void keyedCatchUpGetsOnlyEventsOfItsKey() {
		this.origin.commit("@ada", "@bob", "@carol", "@ada");
		EmbeddedStreamClient ada = connect(byKey("ada"), 0);
		assertThat(ada.events()).containsExactly("@ada", "@ada");
		this.origin.commitMany(5_000);
		EmbeddedStreamClient bob = connect(byKey("bob"), 0);
		bob.awaitEvents(1);
		Awaitility.await().atMost(HANG_LIMIT).until(() -> bob.text().endsWith("id:epoch000-3v0\n\n"));
		assertThat(bob.events()).as("events read from the log").containsExactly("@bob");
	}

	@Test
	void heartbeatCarriesPassedCursor() {
		EmbeddedStreamClient client = connect(StreamFilter.where((event) -> false, this.origin), 0);
		this.origin.commitMany(5);
		client.text();
		client.advanceTo(14_999);
		assertThat(client.text()).endsWith("id:epoch000-0\n\n");
		client.advanceTo(15_000);
		assertThat(client.text()).endsWith("id:epoch000-5\n\n");
		client.advanceTo(29_999);
		assertThat(client.text().split("id:epoch000-5\n\n", -1)).hasSize(2);
		client.advanceTo(30_000);
		assertThat(client.text().split("id:epoch000-5\n\n", -1)).hasSize(3);
	}

	@Test
	void eventPostponesHeartbeat() {
		EmbeddedStreamClient client = connect(0);
		client.advanceTo(10_000);
		this.origin.commit("one");
		client.text();
		client.advanceTo(24_000);
		assertThat(client.text()).endsWith("data:one\n\n");
		client.advanceTo(25_000);
		assertThat(client.text()).endsWith("\n\nid:epoch000-1\n\n");
	}

	/** A connection lasts only minutes, so eight of them make up an hour. */
	@Test
	void sendsHeartbeatEveryFifteenSecondsOfSilence() {
		int beats = 0;
		for (int connection = 0; connection < 8; connection++) {
			EmbeddedStreamClient client = connect(0);
			for (long second = 1; second <= 450; second++) {
				client.advanceTo(second * 1_000);
			}
			beats += client.text().split("\n\nid:epoch000-0", -1).length - 1;
			client.channel.close();
		}
		assertThat(beats).isEqualTo(240);
	}

	@Test
	void connectionExpiresAfterEightToTenMinutes() {
		EmbeddedStreamClient client = connect(0);
		client.advanceTo(Duration.ofMinutes(8).toMillis() - 1);
		assertThat(client.text()).doesNotContain("event:end");
		client.advanceTo(Duration.ofMinutes(10).toMillis());
		assertThat(client.text())
			.containsPattern("retry:\\d{3,4}\n\nevent:end\nid:epoch000-0\ndata:\\{\"reason\":\"age\"}\n\n$");
		client.awaitEnd();
		assertThat(this.sseServer.closed("age")).isEqualTo(1);
	}

	/** Some clients store an id only if the event has data, as the end event has. */
	@Test
	void endEventCarriesPassedCursor() {
		EmbeddedStreamClient client = connect(StreamFilter.where((event) -> event.equals("two"), this.origin), 0);
		this.origin.commit("one", "two", "three");
		assertThat(client.events()).containsExactly("two");
		client.advanceTo(Duration.ofMinutes(10).toMillis());
		assertThat(client.text()).endsWith("event:end\nid:epoch000-3\ndata:{\"reason\":\"age\"}\n\n");
	}

	@Test
	void connectionIsSignedOutBeforeSessionEnd() {
		EmbeddedStreamClient client = connect(
				StreamFilter.byKey("ada", this.origin, new TokenSession(null, Instant.now().plusSeconds(60))), 0);
		client.advanceTo(50_000);
		assertThat(client.text()).doesNotContain("event:end");
		client.advanceTo(59_500);
		assertThat(client.text()).endsWith("\n\nevent:end\nid:epoch000-0\ndata:{\"reason\":\"signed-out\"}\n\n");
		assertThat(this.sseServer.closed("signed-out")).isEqualTo(1);
	}

	@Test
	void connectionsOfEndedSessionAreSignedOutAndOthersAreNot() {
		EmbeddedStreamClient first = connect(bySession("one"), 0);
		EmbeddedStreamClient second = connect(bySession("one"), 0);
		EmbeddedStreamClient other = connect(bySession("two"), 0);
		this.sseServer.revokedSessions.add(Map.of("one", Instant.now().plusSeconds(60)));
		for (EmbeddedStreamClient client : List.of(first, second)) {
			client.advanceTo(1_000);
			assertThat(client.text()).endsWith("\n\nevent:end\nid:epoch000-0\ndata:{\"reason\":\"signed-out\"}\n\n");
		}
		other.advanceTo(1_000);
		assertThat(other.text()).doesNotContain("event:end");
		EmbeddedStreamClient late = connect(bySession("one"), 0);
		late.advanceTo(2_000);
		assertThat(late.text()).contains("\"signed-out\"");
		assertThat(this.sseServer.closed("signed-out")).isEqualTo(3);
	}

	@Test
	void connectionsWithFormerRolesEndByAgeSoThatClientsReturn() {
		EmbeddedStreamClient client = connect(
				StreamFilter.byKey("ada", this.origin, new TokenSession("one", null, "roles")), 0);
		this.sseServer.revokedSessions.add(Map.of("roles", Instant.now().plusSeconds(60)));
		client.advanceTo(1_000);
		assertThat(client.text()).endsWith("event:end\nid:epoch000-0\ndata:{\"reason\":\"age\"}\n\n");
	}

	private StreamFilter<String> byKey(String key) {
		return StreamFilter.byKey(key, this.origin, new TokenSession(null, null));
	}

	private StreamFilter<String> bySession(String session) {
		return StreamFilter.byKey("ada", this.origin, new TokenSession(session, Instant.now().plusSeconds(3600)));
	}

	@Test
	void slowClientIsKeptWithBoundedMemory() {
		EmbeddedStreamClient slow = connect(0);
		EmbeddedStreamClient quick = connect(0);
		slow.stopReading();
		for (int hundreds = 0; hundreds < 200; hundreds++) {
			this.origin.commitMany(100);
			quick.text();
		}
		assertThat(quick.events()).isEqualTo(eventsBetween(1, 20_000));
		slow.channel.runPendingTasks();
		assertThat(slow.channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isLessThan(100 * 1024);
		slow.resumeReading();
		slow.awaitEvents(20_000);
		assertThat(slow.events()).isEqualTo(eventsBetween(1, 20_000));
		assertThat(this.origin.reads).as("overwritten events are read from the log").isNotEmpty();
	}

	@Test
	void stalledClientIsClosedAfterThirtySeconds() {
		EmbeddedStreamClient client = connect(0);
		client.stopReading();
		this.origin.commit("one");
		client.channel.runPendingTasks();
		client.advanceTo(1_000);
		client.advanceTo(29_000);
		assertThat(client.channel.isOpen()).isTrue();
		client.advanceTo(31_000);
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(this.sseServer.closed("slow")).isEqualTo(1);
		client.awaitEnd();
	}

	/** It is no longer counted then, but would keep its file descriptor. */
	@Test
	void stalledClientIsClosedAfterUnreadEndEvent() {
		EmbeddedStreamClient client = connect(0);
		client.stopReading();
		client.advanceTo(Duration.ofMinutes(10).toMillis());
		assertThat(this.sseServer.closed("age")).isEqualTo(1);
		client.channel.advanceTimeBy(EmbeddedStreamClient.CLOSE_TIMEOUT_SECONDS - 1, TimeUnit.SECONDS);
		client.channel.runScheduledPendingTasks();
		assertThat(client.channel.isOpen()).as("the client may still read the end event").isTrue();
		client.channel.advanceTimeBy(1, TimeUnit.SECONDS);
		client.channel.runScheduledPendingTasks();
		assertThat(client.channel.isOpen()).isFalse();
	}

	@Test
	void slowReadingClientIsNotClosed() {
		EmbeddedStreamClient client = connect(0);
		for (long second = 1; second < 200; second++) {
			client.stopReading();
			this.origin.commit("event at " + second);
			client.advanceTo(second * 1_000);
			client.resumeReading();
			client.text();
		}
		assertThat(client.channel.isOpen()).isTrue();
	}

	@Test
	void clientDisconnectIsCountedAndReleasesPermit() {
		EmbeddedStreamClient client = connect(0);
		assertThat(this.sseServer.openConnections()).isEqualTo(1);
		client.channel.close();
		assertThat(this.sseServer.openConnections()).isZero();
		assertThat(this.sseServer.closed("gone")).isEqualTo(1);
		assertThat(client.permitReleases).isEqualTo(1);
		this.origin.commit("one");
		client.awaitEnd();
	}

	@Test
	void tooManyBytesAfterRequestCloseConnection() {
		EmbeddedStreamClient client = connect(0);
		client.channel.writeInbound(Unpooled.wrappedBuffer(new byte[10_000]));
		assertThat(client.channel.isOpen()).isTrue();
		client.channel.writeInbound(Unpooled.wrappedBuffer(new byte[10_000]));
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(this.sseServer.closed("protocol-violation")).isEqualTo(1);
	}

	@Test
	void replacedLogSendsReset() {
		EmbeddedStreamClient client = connect(0);
		this.origin.commit("one");
		client.text();
		this.origin.replace("epoch111");
		this.origin.commit("in the new log");
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			this.origin.commit("more");
			return client.text().contains("data:more");
		});
		assertThat(client.text()).containsPattern(
				"event:reset\nid:epoch111-\\S+\ndata:\\{\"reason\":\"foreign-epoch\",\"read\":\"/state\"}\n\n");
	}

	@Test
	void shutdownClosesConnectionsWithinDrainTimeout() {
		EmbeddedStreamClient client = connect(0);
		this.sseServer.server.stop(() -> {
		});
		Awaitility.await().atMost(HANG_LIMIT).until(() -> {
			client.channel.runScheduledPendingTasks();
			return client.text().contains("event:end\nid:epoch000-0\ndata:{\"reason\":\"drain\"}\n\n");
		});
		assertThat(this.sseServer.closed("drain")).isEqualTo(1);
	}

	private EmbeddedStreamClient connect(long position) {
		return connect(StreamFilter.all(this.origin), position);
	}

	private EmbeddedStreamClient connect(StreamFilter<String> filter, long position) {
		StartPositionResolver.StartPosition start = new StartPositionResolver.StartPosition(
				new Cursor("epoch000", position), null);
		return this.sseServer.open(this.hub.connection(filter, start));
	}

	private static List<String> eventsBetween(int first, int last) {
		return IntStream.rangeClosed(first, last).mapToObj((number) -> "event " + number).toList();
	}

	private double frames() {
		return this.sseServer.registry.get(StreamMeter.FRAMES.getName()).functionCounter().count();
	}

}
