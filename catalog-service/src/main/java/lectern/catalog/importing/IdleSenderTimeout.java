package lectern.catalog.importing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;

/** Tells a sender that has stopped sending from a reader that has not asked for more. */
final class IdleSenderTimeout {

	/** The body stopped coming before its end. */
	static final ProblemType STALLED = new ProblemType("stalled", HttpStatus.REQUEST_TIMEOUT,
			"The request content was not received in time");

	private static final long NO_DEMAND = -1;

	private IdleSenderTimeout() {
	}

	/**
	 * The same body, failing once nothing has come for so long though it was asked for.
	 * Time in which nothing is asked for does not count, as while the database is slow.
	 * For a reader that asks for one at a time.
	 */
	static <T> Flux<T> apply(Flux<T> body, Duration longest) {
		return Flux.defer(() -> {
			Scheduler timer = Schedulers.parallel();
			AtomicLong since = new AtomicLong(NO_DEMAND);
			Mono<T> stalled = Flux.interval(longest.dividedBy(4), timer)
				.filter((_) -> since.get() != NO_DEMAND
						&& timer.now(TimeUnit.MILLISECONDS) - since.get() >= longest.toMillis())
				.next()
				.flatMap((_) -> Mono.error(Problem.of(STALLED, "No content arrived for " + longest.toSeconds()
						+ " s. The lines before are kept; send all of them again.")));
			return body.doOnRequest((_) -> since.set(timer.now(TimeUnit.MILLISECONDS)))
				.doOnNext((_) -> since.set(NO_DEMAND))
				.takeUntilOther(stalled);
		});
	}

}
