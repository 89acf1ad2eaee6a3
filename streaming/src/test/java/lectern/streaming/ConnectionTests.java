package lectern.streaming;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionTests {

	private static final Cursor START = new Cursor("epoch000", 0);

	private static final Duration SOON = Duration.ofSeconds(5);

	private final List<Entry<String>> committed = new CopyOnWriteArrayList<>();

	private final Live<String> log = new Live<>(START, new Ring<>(8, 0),
			(cursor, entry) -> entry.event().getBytes(StandardCharsets.UTF_8));

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final StreamMeters meters = new StreamMeters("/events", this.registry);

	@Test
	void opensWithRetryACommentAndItsOwnPlace() {
		StepVerifier.create(connection(START.at(3), "").frames(Mono.never()).map(ConnectionTests::text))
			.assertNext((text) -> assertThat(text).matches("retry:\\d{4}\\n:lectern\\nid:epoch000-3\\n\\n"))
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void aPlaceOlderThanTheRingIsReplayedAndGoesOnLiveWithoutASeam() {
		commit(1, 600);
		List<String> seen = new ArrayList<>();
		StepVerifier.create(connection(START, "").frames(Mono.never())
			.skip(1)
			.flatMapIterable((burst) -> burst)
			.map((frame) -> text(List.of(frame)))
			.doOnNext((frame) -> {
				seen.add(frame);
				if (seen.size() == 300) {
					commit(601, 650);
				}
			})).expectNextCount(650).thenCancel().verify(SOON);
		assertThat(seen).hasSize(650);
		for (int at = 1; at <= 650; at++) {
			assertThat(seen.get(at - 1)).isEqualTo("id:" + START.at(at) + "\ndata:event " + at + "\n\n");
		}
	}

	@Test
	void onlyWhatIsWantedIsSent() {
		commit(1, 7);
		StepVerifier.create(connection(START, "event 5").frames(Mono.never()).skip(1).map(ConnectionTests::text))
			.expectNext("id:epoch000-5\ndata:event 5\n\n")
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void silenceIsFilledWithThePositionPassed() {
		StepVerifier
			.withVirtualTime(() -> connection(START, "nothing").frames(Mono.never()).skip(1).map(ConnectionTests::text))
			.expectSubscription()
			.then(() -> commit(1, 5))
			.expectNoEvent(Duration.ofMillis(14_999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext("id:epoch000-5\n\n")
			.expectNoEvent(Duration.ofMillis(14_999))
			.thenAwait(Duration.ofMillis(1))
			.expectNext("id:epoch000-5\n\n")
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void anHourOfSilenceStaysOpen() {
		StepVerifier.withVirtualTime(() -> connection(START, "").frames(Mono.never()).skip(1))
			.thenAwait(Duration.ofHours(1))
			.expectNextCount(240)
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void drainingEndsItAndSaysSo() {
		StepVerifier
			.create(connection(START, "").frames(Mono.delay(Duration.ofMillis(20)).then())
				.skip(1)
				.map(ConnectionTests::text))
			.assertNext((text) -> {
				assertThat(text).startsWith("retry:");
				assertThat(text).endsWith("event:end\ndata:{\"reason\":\"drain\"}\n\n");
			})
			.expectComplete()
			.verify(SOON);
		assertThat(closed("drain")).isEqualTo(1);
	}

	@Test
	void nothingIsReadAheadOfDemand() {
		commit(1, 8);
		List<Long> reads = new CopyOnWriteArrayList<>();
		Subscription<String> slow = new Subscription<>((_) -> true, (after, upTo, limit) -> {
			reads.add(after);
			return read(after, upTo, 2);
		});
		commit(9, 40);
		StepVerifier
			.create(new Connection<>(this.log, new Resume.Start(START, null), slow, this.meters).frames(Mono.never()),
					1)
			.expectNextCount(1)
			.thenAwait(Duration.ofMillis(50))
			.then(() -> assertThat(reads).hasSizeLessThanOrEqualTo(1))
			.thenCancel()
			.verify(SOON);
	}

	@Test
	void whoLeavesIsNoLongerCounted() {
		StepVerifier.create(connection(START, "").frames(Mono.never()))
			.expectNextCount(1)
			.then(() -> assertThat(subscribers()).isEqualTo(1))
			.thenCancel()
			.verify(SOON);
		assertThat(subscribers()).isZero();
		assertThat(closed("gone")).isEqualTo(1);
	}

	private Connection<String> connection(Cursor from, String wanted) {
		return new Connection<>(this.log, new Resume.Start(from, null),
				new Subscription<>((event) -> wanted.isEmpty() || event.equals(wanted), this::read), this.meters);
	}

	private Flux<Entry<String>> read(long after, long upTo, int limit) {
		return Flux.fromIterable(this.committed)
			.filter((entry) -> entry.position() > after && entry.position() <= upTo)
			.take(limit);
	}

	private void commit(int first, int last) {
		for (int at = first; at <= last; at++) {
			Entry<String> entry = new Entry<>(at, Instant.EPOCH, "event " + at);
			this.committed.add(entry);
			this.log.add(List.of(entry));
		}
	}

	private double subscribers() {
		return this.registry.get(StreamMeter.SUBSCRIBERS.meterName()).gauge().value();
	}

	private double closed(String reason) {
		return this.registry.get(StreamMeter.CLOSED.meterName()).tag("reason", reason).counter().count();
	}

	private static String text(List<Frame> burst) {
		StringBuilder text = new StringBuilder();
		burst.forEach((frame) -> text.append(new String(frame.bytes(), StandardCharsets.UTF_8)));
		return text.toString();
	}

}
