package lectern.bench.scenario;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that is given to what cannot be awaited. */
final class SettleDelay {

	private static final Duration DELAY = Duration.ofSeconds(2);

	private SettleDelay() {
	}

	/** Let servers finish what connecting left them to do. */
	static void await() {
		long end = System.nanoTime() + DELAY.toNanos();
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

}
