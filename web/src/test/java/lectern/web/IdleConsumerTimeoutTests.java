package lectern.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static lectern.web.TestTimeouts.HANG_LIMIT;

class IdleConsumerTimeoutTests {

	private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);

	@Test
	void consumerWithoutDemandTimesOut() {
		StepVerifier.withVirtualTime(() -> IdleConsumerTimeout.apply(Flux.range(0, 100), IDLE_TIMEOUT), 3)
			.expectNext(0, 1, 2)
			.expectNoEvent(IDLE_TIMEOUT.minusSeconds(31))
			.thenAwait(IDLE_TIMEOUT)
			.expectError(Problem.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void slowConsumerDoesNotTimeOut() {
		StepVerifier.withVirtualTime(() -> IdleConsumerTimeout.apply(Flux.range(0, 3), IDLE_TIMEOUT), 1)
			.expectNext(0)
			.thenAwait(IDLE_TIMEOUT.minusSeconds(31))
			.thenRequest(1)
			.expectNext(1)
			.thenAwait(IDLE_TIMEOUT.minusSeconds(31))
			.thenRequest(2)
			.expectNext(2)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void slowSourceDoesNotTimeOut() {
		TestPublisher<Integer> slow = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> IdleConsumerTimeout.apply(slow.flux(), IDLE_TIMEOUT))
			.thenAwait(IDLE_TIMEOUT.multipliedBy(3))
			.then(() -> slow.next(1))
			.expectNext(1)
			.then(slow::complete)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

}
