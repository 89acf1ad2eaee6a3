package lectern.web;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class AllowedBlockingCallsTests {

	private static final int EVENT_LOOPS = 4;

	private static final int TIMERS = 50_000;

	/**
	 * The disposal of a timer takes the lock of the timer queue, and it often happens on
	 * an event loop.
	 */
	@Test
	void concurrentTimerDisposalIsAllowed() {
		Scheduler timers = Schedulers.newSingle("timers");
		Scheduler loops = Schedulers.newParallel("loop", EVENT_LOOPS);
		Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
		try {
			Flux.range(0, EVENT_LOOPS).flatMap((_) -> Flux.range(0, TIMERS).publishOn(loops).doOnNext((_) -> {
				Disposable timer = Flux.interval(Duration.ofMinutes(1), timers).subscribe();
				try {
					timer.dispose();
				}
				catch (Throwable ex) {
					thrown.add(ex);
				}
			})).blockLast(HANG_LIMIT);
		}
		finally {
			timers.dispose();
			loops.dispose();
		}
		assertThat(thrown).isEmpty();
	}

	/** Shows that the tests would notice a call that blocks. */
	@Test
	void blockingCallOnNonBlockingThreadIsRefused() {
		Mono<Void> blocking = Mono.<Void>fromRunnable(() -> LockSupport.parkNanos(1))
			.subscribeOn(Schedulers.parallel());
		StepVerifier.create(blocking).expectError(BlockingOperationError.class).verify(HANG_LIMIT);
	}

}
