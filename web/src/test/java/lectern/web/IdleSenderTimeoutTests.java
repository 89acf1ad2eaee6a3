package lectern.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static lectern.web.TestTimeouts.HANG_LIMIT;

class IdleSenderTimeoutTests {

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

	@Test
	void bodyThatStopsTimesOut() {
		StepVerifier
			.withVirtualTime(() -> IdleSenderTimeout.apply(Flux.concat(Flux.just("a"), Flux.never()), IDLE_TIMEOUT), 1)
			.expectNext("a")
			.thenRequest(1)
			.expectNoEvent(Duration.ofSeconds(59))
			.thenAwait(Duration.ofSeconds(20))
			.expectErrorMatches(
					(failure) -> failure instanceof Problem problem && problem.type().equals(ProblemType.STALLED))
			.verify(HANG_LIMIT);
	}

	@Test
	void bodyThatNeverStartsTimesOut() {
		StepVerifier.withVirtualTime(() -> IdleSenderTimeout.apply(Flux.never(), IDLE_TIMEOUT), 1)
			.thenAwait(Duration.ofSeconds(80))
			.expectError(Problem.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void slowBodyDoesNotTimeOut() {
		StepVerifier
			.withVirtualTime(() -> IdleSenderTimeout
				.apply(Flux.interval(Duration.ofSeconds(50)).take(3).onBackpressureBuffer(4), IDLE_TIMEOUT), 1)
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
	void bodyWithoutDemandDoesNotTimeOut() {
		TestPublisher<String> body = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> IdleSenderTimeout.apply(body.flux(), IDLE_TIMEOUT), 1)
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
