package lectern.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A timeout for a subscriber without demand, unlike one for a slow source. */
public final class IdleConsumerTimeout {

	private IdleConsumerTimeout() {
	}

	/**
	 * Fail the content when the subscriber has had no demand for the timeout. Time in
	 * which there is demand and the source emits nothing does not count. The check runs
	 * four times per timeout, so that the failure comes at most a quarter late.
	 */
	public static <T> Flux<T> apply(Flux<T> content, Duration timeout) {
		return Flux.defer(() -> {
			Scheduler timer = Schedulers.parallel();
			AtomicLong demand = new AtomicLong();
			AtomicLong lastElementAt = new AtomicLong(timer.now(TimeUnit.MILLISECONDS));
			Mono<T> timedOut = Flux.interval(timeout.dividedBy(4), timer)
				.filter((_) -> demand.get() == 0
						&& timer.now(TimeUnit.MILLISECONDS) - lastElementAt.get() >= timeout.toMillis())
				.next()
				.flatMap((_) -> Mono
					.error(Problem.of(ProblemType.UNAVAILABLE, "The client did not read the content for too long.")));
			return content.doOnNext((_) -> {
				lastElementAt.set(timer.now(TimeUnit.MILLISECONDS));
				demand.updateAndGet((count) -> (count == Long.MAX_VALUE) ? count : count - 1);
			})
				.doOnRequest((added) -> demand.updateAndGet((count) -> Operators.addCap(count, added)))
				.takeUntilOther(timedOut);
		});
	}

}
