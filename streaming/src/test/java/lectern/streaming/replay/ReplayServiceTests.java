package lectern.streaming.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.server.EmbeddedStreamClient;
import lectern.streaming.server.TestSseServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Replays on channels in memory, with virtual time. */
class ReplayServiceTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Cursor BEGINNING = new Cursor("epoch000", 0);

	private final TestSseServer sseServer = TestSseServer.withManualTime();

	private final List<EventEnvelope<String>> events = new ArrayList<>();

	private final List<Long> reads = new ArrayList<>();

	private VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private ReplayService<String> replayService = replayService();

	private boolean unavailable;

	private boolean encoderBroken;

	@BeforeEach
	void start() {
		this.time = VirtualTimeScheduler.getOrSet();
		this.replayService = replayService();
		this.replayService.start();
	}

	@AfterEach
	void stop() {
		this.replayService.stop();
		VirtualTimeScheduler.reset();
	}

	private ReplayService<String> replayService() {
		return new ReplayService<>("/replay", (cursor, envelope) -> encode(envelope), this.sseServer.server);
	}

	@Test
	void eventsArePacedByIntervalDividedBySpeed() {
		appendEvents(0, 10_000, 10_000, 25_000);
		EmbeddedStreamClient client = connect(BEGINNING, 4, null, 5);
		assertThat(client.text())
			.matches("retry:\\d{4}\\n:lectern\\nid:epoch000-0\\n\\nid:epoch000-1\\ndata:event 1\\n\\n");
		advanceTime(1_999, client);
		assertThat(client.events()).hasSize(1);
		advanceTime(1, client);
		assertThat(client.events()).containsExactly("event 1", "event 2", "event 3");
		advanceTime(2_999, client);
		assertThat(client.events()).hasSize(3);
		advanceTime(1, client);
		assertThat(client.text())
			.endsWith("id:epoch000-4\ndata:event 4\n\nevent:end\nid:epoch000-4\ndata:{\"reason\":\"finished\"}\n\n");
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(client.permitReleases).isOne();
		assertThat(this.sseServer.closed("finished")).isOne();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 7, 100_000, ReplayRequest.UNPACED })
	void eventsAndOrderAreIndependentOfSpeed(double speed) {
		Random random = new Random(7);
		long millis = 0;
		for (int number = 0; number < 3_000; number++) {
			millis += random.nextInt(3) * (long) random.nextInt(200_000);
			appendEvents(millis);
		}
		EmbeddedStreamClient client = connect(BEGINNING, 3_000, null, speed);
		for (int round = 0; round < 2_000 && client.channel.isOpen(); round++) {
			advanceTime(Duration.ofHours(1).toMillis(), client);
		}
		assertThat(client.events())
			.isEqualTo(IntStream.rangeClosed(1, 3_000).mapToObj((number) -> "event " + number).toList());
		assertThat(client.text()).contains("event:end").doesNotContain("event:reset");
	}

	@Test
	void unpacedReplayHasNoDelay() {
		appendEvents(0, 1_000_000, 2_000_000);
		EmbeddedStreamClient client = connect(BEGINNING, 3, null, ReplayRequest.UNPACED);
		assertThat(client.events()).hasSize(3);
		assertThat(client.channel.isOpen()).isFalse();
	}

	@Test
	void replaysOnlyEventsBetweenFromAndTo() {
		appendEvents(0, 1_000, 2_000, 3_000, 4_000);
		EmbeddedStreamClient client = connect(BEGINNING.at(2), 4, NOON.plusSeconds(1), 1);
		assertThat(client.events()).isEmpty();
		advanceTime(1_000, client);
		assertThat(client.events()).containsExactly("event 3");
		advanceTime(1_000, client);
		assertThat(client.events()).containsExactly("event 3", "event 4");
	}

	@Test
	void sendsEndCursorWhenLastPositionsHaveNoEvent() {
		appendEvents(0);
		EmbeddedStreamClient client = connect(BEGINNING, 7, null, 1);
		assertThat(client.text()).contains("data:event 1\n\nevent:end\nid:epoch000-7\ndata:{\"reason\":\"finished\"}");
	}

	@Test
	void longPauseIsShortenedAndFilledWithHeartbeats() {
		appendEvents(0, Duration.ofHours(10).toMillis());
		EmbeddedStreamClient client = connect(BEGINNING, 2, null, 1);
		client.advanceTo(14_000);
		assertThat(client.text()).endsWith("data:event 1\n\n");
		client.advanceTo(15_000);
		assertThat(client.text()).endsWith("data:event 1\n\nid:epoch000-1\n\n");
		advanceTime(299_999, client);
		assertThat(client.events()).hasSize(1);
		advanceTime(1, client);
		assertThat(client.events()).hasSize(2);
	}

	@Test
	void stalledClientStopsReadingUntilItResumes() {
		appendEvents(IntStream.range(0, 5_000).mapToLong((number) -> number).toArray());
		EmbeddedStreamClient client = this.sseServer
			.openWithoutFeed(this.replayService.connection(request(BEGINNING, 5_000, null, ReplayRequest.UNPACED)));
		client.stopReading();
		client.startFeed();
		runPendingTasks(client);
		int readCount = this.reads.size();
		assertThat(readCount).isLessThan(12);
		runPendingTasks(client);
		assertThat(this.reads).hasSize(readCount);
		client.resumeReading();
		runPendingTasks(client);
		assertThat(client.events()).hasSize(5_000);
	}

	@Test
	void failedPageReadIsRetried() {
		appendEvents(0, 1, 2);
		this.unavailable = true;
		EmbeddedStreamClient client = connect(BEGINNING, 3, null, ReplayRequest.UNPACED);
		assertThat(client.events()).isEmpty();
		this.unavailable = false;
		advanceTime(1_000, client);
		assertThat(client.events()).hasSize(3);
	}

	/** It once kept its client with heartbeats until its age. */
	@Test
	void failedEncoderEndsConnectionWithError() {
		appendEvents(0, 1, 2);
		this.encoderBroken = true;
		EmbeddedStreamClient client = connect(BEGINNING, 3, null, ReplayRequest.UNPACED);
		assertThat(client.text()).endsWith("event:end\nid:epoch000-0\ndata:{\"reason\":\"error\"}\n\n");
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(client.permitReleases).isOne();
		assertThat(this.sseServer.closed("error")).isOne();
	}

	@Test
	void clientDisconnectStopsReading() {
		appendEvents(0, 10_000);
		EmbeddedStreamClient client = connect(BEGINNING, 2, null, 1);
		client.channel.close();
		advanceTime(100_000, client);
		assertThat(client.events()).hasSize(1);
		assertThat(client.permitReleases).isOne();
	}

	@Test
	void emptyRangeIsNoContent() {
		for (long from : new long[] { 5, 6 }) {
			MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/replay"));
			this.replayService.serve(exchange, null, request(BEGINNING.at(from), 5, null, 1)).block(HANG_LIMIT);
			assertThat(exchange.getResponse().getStatusCode()).hasToString("204 NO_CONTENT");
		}
	}

	/** Append events that were received at these times, in milliseconds after noon. */
	private void appendEvents(long... times) {
		for (long millis : times) {
			this.events.add(new EventEnvelope<>(this.events.size() + 1, NOON.plusMillis(millis),
					"event " + (this.events.size() + 1)));
		}
	}

	private EmbeddedStreamClient connect(Cursor from, long to, @Nullable Instant since, double speed) {
		EmbeddedStreamClient client = this.sseServer
			.open(this.replayService.connection(request(from, to, since, speed)));
		runPendingTasks(client);
		return client;
	}

	private byte[] encode(EventEnvelope<String> envelope) {
		if (this.encoderBroken) {
			throw new IllegalStateException("broken encoder");
		}
		return envelope.event().getBytes();
	}

	private ReplayRequest<String> request(Cursor from, long to, @Nullable Instant since, double speed) {
		return new ReplayRequest<>(this::read, from, from.at(to), since, speed, null);
	}

	private void advanceTime(long millis, EmbeddedStreamClient client) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
		runPendingTasks(client);
	}

	/** Work passes between the channel's event loop and virtual time many times. */
	private void runPendingTasks(EmbeddedStreamClient client) {
		for (int round = 0; round < 200; round++) {
			client.text();
			this.time.advanceTime();
		}
	}

	private Flux<EventEnvelope<String>> read(long after, long upTo, int limit) {
		this.reads.add(after);
		return this.unavailable ? Flux.error(new IllegalStateException("unavailable"))
				: Flux.fromIterable(this.events)
					.filter((envelope) -> envelope.position() > after && envelope.position() <= upTo)
					.take(limit);
	}

}
