package lectern.catalog.importing;

import java.time.Duration;

import lectern.web.Problem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static lectern.web.TestTimeouts.HANG_LIMIT;

class StallTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	@Test
	void aBodyThatStopsComingFails() {
		StepVerifier.withVirtualTime(() -> Stall.limit(Flux.concat(Flux.just("a"), Flux.never()), LONGEST), 1)
			.expectNext("a")
			.thenRequest(1)
			.expectNoEvent(Duration.ofSeconds(59))
			.thenAwait(Duration.ofSeconds(20))
			.expectErrorMatches((failure) -> failure instanceof Problem problem && problem.type().equals(Stall.STALLED))
			.verify(HANG_LIMIT);
	}

	@Test
	void aBodyThatNeverComesFails() {
		StepVerifier.withVirtualTime(() -> Stall.limit(Flux.never(), LONGEST), 1)
			.thenAwait(Duration.ofSeconds(80))
			.expectError(Problem.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void aBodyThatDripsGoesOn() {
		StepVerifier
			.withVirtualTime(
					() -> Stall.limit(Flux.interval(Duration.ofSeconds(50)).take(3).onBackpressureBuffer(4), LONGEST),
					1)
			.thenAwait(Duration.ofSeconds(50))
			.expectNext(0L)
			.thenRequest(1)
			.thenAwait(Duration.ofSeconds(50))
			.expectNext(1L)
			.thenRequest(1)
			.thenAwait(Duration.ofSeconds(50))
			.expectNext(2L)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void aReaderThatAsksForNothingIsNotWaiting() {
		TestPublisher<String> body = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> Stall.limit(body.flux(), LONGEST), 1)
			.then(() -> body.next("a"))
			.expectNext("a")
			.thenAwait(Duration.ofMinutes(10))
			.thenRequest(1)
			.then(() -> body.next("b"))
			.expectNext("b")
			.then(body::complete)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

}
