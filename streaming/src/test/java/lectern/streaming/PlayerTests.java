package lectern.streaming;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

/** Playbacks on a channel in memory, with time that we make. */
class PlayerTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Cursor BEGINNING = new Cursor("epoch000", 0);

	private final Pulse pulse = new Pulse(() -> 0);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Streams streams = new Streams(new StreamSettings(10, 10, 10, Duration.ofMillis(1)), this.pulse,
			this.registry);

	private final List<Entry<String>> past = new ArrayList<>();

	private final List<Long> reads = new ArrayList<>();

	private VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private Player<String> player = player();

	private boolean away;

	@BeforeEach
	void start() {
		this.time = VirtualTimeScheduler.getOrSet();
		this.player = player();
		this.player.start();
	}

	@AfterEach
	void stop() {
		this.player.stop();
		VirtualTimeScheduler.reset();
	}

	private Player<String> player() {
		return new Player<>("/replay", (cursor, entry) -> entry.event().getBytes(), this.streams);
	}

	@Test
	void eventsComeAsFarApartAsTheyCameInDividedByTheSpeed() {
		happen(0, 10_000, 10_000, 25_000);
		Client client = play(BEGINNING, 4, null, 5);
		assertThat(client.text())
			.matches("retry:\\d{4}\\n:lectern\\nid:epoch000-0\\n\\nid:epoch000-1\\ndata:event 1\\n\\n");
		pass(1_999, client);
		assertThat(client.events()).hasSize(1);
		pass(1, client);
		assertThat(client.events()).containsExactly("event 1", "event 2", "event 3");
		pass(2_999, client);
		assertThat(client.events()).hasSize(3);
		pass(1, client);
		assertThat(client.text())
			.endsWith("id:epoch000-4\ndata:event 4\n\nevent:end\ndata:{\"reason\":\"finished\"}\n\n");
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(client.placeGiven).isOne();
		assertThat(this.registry.get("lectern.stream.closed").tag("reason", "finished").counter().count()).isOne();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 7, 100_000, Playback.UNPACED })
	void anySpeedGivesTheSameEventsInTheSameOrder(double speed) {
		Random random = new Random(7);
		long at = 0;
		for (int number = 0; number < 3_000; number++) {
			at += random.nextInt(3) * (long) random.nextInt(200_000);
			happen(at);
		}
		Client client = play(BEGINNING, 3_000, null, speed);
		for (int look = 0; look < 2_000 && client.channel.isOpen(); look++) {
			pass(Duration.ofHours(1).toMillis(), client);
		}
		assertThat(client.events())
			.isEqualTo(IntStream.rangeClosed(1, 3_000).mapToObj((one) -> "event " + one).toList());
		assertThat(client.text()).contains("event:end").doesNotContain("event:reset");
	}

	@Test
	void asFastAsCanBeWaitsForNothing() {
		happen(0, 1_000_000, 2_000_000);
		Client client = play(BEGINNING, 3, null, Playback.UNPACED);
		assertThat(client.events()).hasSize(3);
		assertThat(client.channel.isOpen()).isFalse();
	}

	@Test
	void itGoesOnAfterItsBeginningAndEndsWithItsEnd() {
		happen(0, 1_000, 2_000, 3_000, 4_000);
		Client client = play(BEGINNING.at(2), 4, NOON.plusSeconds(1), 1);
		assertThat(client.events()).isEmpty();
		pass(1_000, client);
		assertThat(client.events()).containsExactly("event 3");
		pass(1_000, client);
		assertThat(client.events()).containsExactly("event 3", "event 4");
	}

	@Test
	void whatEndsInNothingStillTellsItsEnd() {
		happen(0);
		Client client = play(BEGINNING, 7, null, 1);
		assertThat(client.text()).contains("data:event 1\n\nid:epoch000-7\n\nevent:end");
	}

	@Test
	void aLongPauseHasHeartbeatsAndIsNotPlayedWhole() {
		happen(0, Duration.ofHours(10).toMillis());
		Client client = play(BEGINNING, 2, null, 1);
		client.at(14_000);
		assertThat(client.text()).endsWith("data:event 1\n\n");
		client.at(15_000);
		assertThat(client.text()).endsWith("data:event 1\n\nid:epoch000-1\n\n");
		pass(299_999, client);
		assertThat(client.events()).hasSize(1);
		pass(1, client);
		assertThat(client.events()).hasSize(2);
	}

	@Test
	void whoTakesNothingIsReadNoFurtherForAndThenGetsAll() {
		happen(IntStream.range(0, 5_000).mapToLong((number) -> number).toArray());
		Playing<String> playing = playing(BEGINNING, 5_000, null, Playback.UNPACED);
		Client client = new Client(playing, this.pulse);
		client.stopReading();
		feed(playing);
		settle(client);
		int read = this.reads.size();
		assertThat(read).isLessThan(12);
		settle(client);
		assertThat(this.reads).hasSize(read);
		client.readOn();
		settle(client);
		assertThat(client.events()).hasSize(5_000);
	}

	@Test
	void aPageThatCannotBeReadIsReadLater() {
		happen(0, 1, 2);
		this.away = true;
		Client client = play(BEGINNING, 3, null, Playback.UNPACED);
		assertThat(client.events()).isEmpty();
		this.away = false;
		pass(1_000, client);
		assertThat(client.events()).hasSize(3);
	}

	@Test
	void whoLeavesIsReadNoFurtherFor() {
		happen(0, 10_000);
		Client client = play(BEGINNING, 2, null, 1);
		client.channel.close();
		pass(100_000, client);
		assertThat(client.events()).hasSize(1);
		assertThat(client.placeGiven).isOne();
	}

	@Test
	void whereThereIsNothingToPlayThatIsAllThatIsSaid() {
		for (long from : new long[] { 5, 6 }) {
			MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/replay"));
			this.player.serve(exchange, null, playback(BEGINNING.at(from), 5, null, 1)).block(HANG_LIMIT);
			assertThat(exchange.getResponse().getStatusCode()).hasToString("204 NO_CONTENT");
		}
	}

	private void happen(long... millis) {
		for (long at : millis) {
			this.past.add(new Entry<>(this.past.size() + 1, NOON.plusMillis(at), "event " + (this.past.size() + 1)));
		}
	}

	private Client play(Cursor from, long to, @Nullable Instant since, double speed) {
		Playing<String> playing = playing(from, to, since, speed);
		Client client = new Client(playing, this.pulse);
		feed(playing);
		settle(client);
		return client;
	}

	private Playing<String> playing(Cursor from, long to, @Nullable Instant since, double speed) {
		return new Playing<>(this.player, playback(from, to, since, speed));
	}

	private Playback<String> playback(Cursor from, long to, @Nullable Instant since, double speed) {
		return new Playback<>(this::read, from, from.at(to), since, speed, null);
	}

	private static void feed(Playing<String> playing) {
		playing.feed().takeUntilOther(playing.ended()).subscribe();
	}

	private void pass(long millis, Client client) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
		settle(client);
	}

	/** What is handed to the other side and back takes some turns. */
	private void settle(Client client) {
		for (int turn = 0; turn < 200; turn++) {
			client.text();
			this.time.advanceTime();
		}
	}

	private Flux<Entry<String>> read(long after, long upTo, int limit) {
		this.reads.add(after);
		return this.away ? Flux.error(new IllegalStateException("away"))
				: Flux.fromIterable(this.past)
					.filter((entry) -> entry.position() > after && entry.position() <= upTo)
					.take(limit);
	}

}
