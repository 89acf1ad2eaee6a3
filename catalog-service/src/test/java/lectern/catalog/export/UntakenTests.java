package lectern.catalog.export;

import java.time.Duration;

import lectern.web.Problem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static lectern.web.TestTimeouts.HANG_LIMIT;

class UntakenTests {

	private static final Duration LONGEST = Duration.ofMinutes(2);

	@Test
	void aClientThatTakesNothingIsCut() {
		StepVerifier.withVirtualTime(() -> Untaken.limit(Flux.range(0, 100), LONGEST), 3)
			.expectNext(0, 1, 2)
			.expectNoEvent(LONGEST.minusSeconds(31))
			.thenAwait(LONGEST)
			.expectError(Problem.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void aClientThatTakesSlowlyIsNot() {
		StepVerifier.withVirtualTime(() -> Untaken.limit(Flux.range(0, 3), LONGEST), 1)
			.expectNext(0)
			.thenAwait(LONGEST.minusSeconds(31))
			.thenRequest(1)
			.expectNext(1)
			.thenAwait(LONGEST.minusSeconds(31))
			.thenRequest(2)
			.expectNext(2)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void aCatalogThatIsSlowIsNotTheClient() {
		TestPublisher<Integer> slow = TestPublisher.create();
		StepVerifier.withVirtualTime(() -> Untaken.limit(slow.flux(), LONGEST))
			.thenAwait(LONGEST.multipliedBy(3))
			.then(() -> slow.next(1))
			.expectNext(1)
			.then(slow::complete)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

}
