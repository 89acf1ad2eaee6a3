package lectern.streaming;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class RingTests {

	private final Ring<String> ring = new Ring<>(4, 10);

	@Test
	void givesWhatComesAfterAPlace() {
		this.ring.add(slots(11, 13));
		assertThat(positions(11, 10)).containsExactly(12L, 13L);
		assertThat(positions(10, 2)).containsExactly(11L, 12L);
		assertThat(positions(13, 10)).isEmpty();
	}

	@Test
	void aPlaceAheadOfItIsSimplyNotReached() {
		this.ring.add(slots(11, 11));
		assertThat(positions(20, 10)).isEmpty();
	}

	@Test
	void whoeverIsTooLateHasFallenOff() {
		this.ring.add(slots(11, 16));
		assertThat(this.ring.after(11, 10)).isEmpty();
		assertThat(positions(12, 10)).containsExactly(13L, 14L, 15L, 16L);
	}

	@Test
	void whatIsOlderThanItsBeginningWasNeverInIt() {
		assertThat(this.ring.after(9, 10)).isEmpty();
	}

	@Test
	void growingWakesWhoeverWaited() {
		Mono<Void> grown = this.ring.grown();
		this.ring.add(slots(11, 11));
		StepVerifier.create(grown).expectComplete().verify(Duration.ofSeconds(1));
		StepVerifier.create(this.ring.grown())
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(20))
			.thenCancel()
			.verify(Duration.ofSeconds(1));
	}

	private List<Long> positions(long after, int limit) {
		return this.ring.after(after, limit).orElseThrow().stream().map((slot) -> slot.entry().position()).toList();
	}

	private static List<Ring.Slot<String>> slots(long first, long last) {
		return LongStream.rangeClosed(first, last)
			.mapToObj((at) -> new Entry<>(at, Instant.EPOCH, "event " + at))
			.map((entry) -> new Ring.Slot<>(entry, Frame.heartbeat(new Cursor("epoch000", entry.position()))))
			.toList();
	}

}
