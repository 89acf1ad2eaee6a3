package lectern.progress.account.limit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import lectern.progress.account.limit.KeyedConcurrencyLimiter.NotStartedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class KeyedConcurrencyLimiterTests {

	private static final Duration MAX_WAIT = Duration.ofHours(1);

	private final KeyedConcurrencyLimiter limiter = new KeyedConcurrencyLimiter(2, 3, MAX_WAIT);

	private final AtomicInteger started = new AtomicInteger();

	@Test
	void onlySomeWorkOfKeyIsInProgress() {
		List<Sinks.Empty<Void>> work = start(4);
		assertThat(this.started).hasValue(2);
		work.getFirst().tryEmitEmpty();
		awaitStarted(3);
		work.get(1).tryEmitError(new IllegalStateException("expected"));
		awaitStarted(4);
	}

	@Test
	void otherKeyDoesNotWait() {
		start(4);
		StepVerifier.create(this.limiter.limit("other", Mono.just("done")))
			.expectNext("done")
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void workOfSubscriberThatCancelsLetsTheNextStart() {
		Disposable first = this.limiter.limit("key", begin(Sinks.empty())).subscribe();
		start(2);
		assertThat(this.started).hasValue(2);
		first.dispose();
		awaitStarted(3);
	}

	@Test
	void waitingWorkOfSubscriberThatCancelsIsNotStarted() {
		List<Sinks.Empty<Void>> work = start(2);
		this.limiter.limit("key", begin(Sinks.empty())).subscribe().dispose();
		work.forEach(Sinks.Empty::tryEmitEmpty);
		assertThat(this.started).hasValue(2);
		assertThat(this.limiter.keys()).isZero();
	}

	@Test
	void moreThanMayWaitIsRejected() {
		start(5);
		StepVerifier.create(this.limiter.limit("key", Mono.just("never")))
			.expectError(NotStartedException.class)
			.verify(HANG_LIMIT);
		assertThat(this.started).hasValue(2);
	}

	@Test
	void workThatMayNotStartInTimeIsRejected() {
		start(2);
		StepVerifier.withVirtualTime(() -> this.limiter.limit("key", Mono.just("never")))
			.expectSubscription()
			.expectNoEvent(MAX_WAIT.minusMillis(1))
			.thenAwait(Duration.ofMillis(2))
			.expectError(NotStartedException.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void everyPermitIsReleased() {
		KeyedConcurrencyLimiter crowded = new KeyedConcurrencyLimiter(2, 10_000, MAX_WAIT);
		AtomicInteger inProgress = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Flux.range(0, 5_000).flatMap((i) -> {
			Mono<Integer> work = Mono.fromSupplier(() -> {
				most.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
				return i;
			}).doOnNext((_) -> inProgress.decrementAndGet()).subscribeOn(Schedulers.parallel());
			Mono<Integer> limited = crowded.limit("key", work);
			return (i % 7 == 0) ? limited.timeout(Duration.ofNanos(1), Mono.empty()) : limited;
		}, 64).blockLast(HANG_LIMIT);
		assertThat(most).hasValueLessThanOrEqualTo(2);
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertThat(crowded.keys()).isZero());
	}

	private List<Sinks.Empty<Void>> start(int count) {
		List<Sinks.Empty<Void>> work = IntStream.range(0, count).mapToObj((_) -> Sinks.<Void>empty()).toList();
		work.forEach((end) -> this.limiter.limit("key", begin(end)).onErrorComplete().subscribe());
		return work;
	}

	private Mono<Void> begin(Sinks.Empty<Void> end) {
		return Mono.defer(() -> {
			this.started.incrementAndGet();
			return end.asMono();
		});
	}

	private void awaitStarted(int count) {
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertThat(this.started).hasValue(count));
	}

}
