package lectern.bench.scenario;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A fixed delay for background work whose end cannot be observed. */
final class SettleDelay {

	private static final Duration DELAY = Duration.ofSeconds(2);

	private SettleDelay() {
	}

	/** Wait until servers have finished the background work of new connections. */
	static void await() {
		long end = System.nanoTime() + DELAY.toNanos();
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

}
