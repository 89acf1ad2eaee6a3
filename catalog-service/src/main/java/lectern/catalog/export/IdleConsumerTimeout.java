package lectern.catalog.export;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Tells a client that takes nothing from a catalog that has nothing to give yet. */
final class IdleConsumerTimeout {

	private IdleConsumerTimeout() {
	}

	/**
	 * The same content, failing once nothing has been asked for for so long. Time in
	 * which something is asked for and does not come does not count.
	 */
	static <T> Flux<T> apply(Flux<T> content, Duration longest) {
		return Flux.defer(() -> {
			Scheduler timer = Schedulers.parallel();
			AtomicLong asked = new AtomicLong();
			AtomicLong since = new AtomicLong(timer.now(TimeUnit.MILLISECONDS));
			Mono<T> untaken = Flux.interval(longest.dividedBy(4), timer)
				.filter((_) -> asked.get() == 0 && timer.now(TimeUnit.MILLISECONDS) - since.get() >= longest.toMillis())
				.next()
				.flatMap((_) -> Mono
					.error(Problem.of(ProblemType.UNAVAILABLE, "The client did not read the content for too long.")));
			return content.doOnNext((_) -> {
				since.set(timer.now(TimeUnit.MILLISECONDS));
				asked.updateAndGet((count) -> (count == Long.MAX_VALUE) ? count : count - 1);
			})
				.doOnRequest((more) -> asked
					.updateAndGet((count) -> Long.MAX_VALUE - count < more ? Long.MAX_VALUE : count + more))
				.takeUntilOther(untaken);
		});
	}

}
