package lectern.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A timeout for a client that stops sending, unlike one for a slow subscriber. */
public final class IdleSenderTimeout {

	private static final long NO_DEMAND = -1;

	private IdleSenderTimeout() {
	}

	/**
	 * Fail the body when there has been demand and no element for the timeout. Time
	 * without demand does not count, for example while the database is slow. The
	 * subscriber must request one element at a time. The check runs four times per
	 * timeout, so that the failure comes at most a quarter late.
	 */
	public static <T> Flux<T> apply(Flux<T> body, Duration timeout) {
		return Flux.defer(() -> {
			Scheduler timer = Schedulers.parallel();
			AtomicLong demandSince = new AtomicLong(NO_DEMAND);
			Mono<T> timedOut = Flux.interval(timeout.dividedBy(4), timer)
				.filter((_) -> demandSince.get() != NO_DEMAND
						&& timer.now(TimeUnit.MILLISECONDS) - demandSince.get() >= timeout.toMillis())
				.next()
				.flatMap((_) -> Mono.error(Problem.of(ProblemType.STALLED, "No content arrived for "
						+ timeout.toSeconds() + " s. The lines before are kept; send all of them again.")));
			return body.doOnRequest((_) -> demandSince.set(timer.now(TimeUnit.MILLISECONDS)))
				.doOnNext((_) -> demandSince.set(NO_DEMAND))
				.takeUntilOther(timedOut);
		});
	}

}
