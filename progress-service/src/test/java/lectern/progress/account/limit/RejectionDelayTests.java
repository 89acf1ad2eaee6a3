package lectern.progress.account.limit;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;

class RejectionDelayTests {

	private static final Duration DELAY = Duration.ofHours(1);

	private final RejectionDelay rejections = new RejectionDelay(DELAY);

	@Test
	void rejectionComesAfterDelay() {
		StepVerifier.withVirtualTime(this::reject)
			.expectSubscription()
			.expectNoEvent(DELAY.minusMillis(1))
			.thenAwait(DELAY.plusMillis(1))
			.expectErrorMessage("expected")
			.verify(HANG_LIMIT);
	}

	@Test
	void rejectionsBeyondMaximumAreNotDelayed() {
		Disposable.Composite delayed = Disposables.composite();
		Flux.range(0, RejectionDelay.MAX_DELAYED).subscribe((_) -> delayed.add(reject().subscribe()));
		StepVerifier.create(reject()).expectErrorMessage("expected").verify(HANG_LIMIT);
		delayed.dispose();
		StepVerifier.withVirtualTime(this::reject)
			.expectSubscription()
			.expectNoEvent(DELAY.minusMillis(1))
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	private Mono<String> reject() {
		return this.rejections.reject(new IllegalStateException("expected"));
	}

}
