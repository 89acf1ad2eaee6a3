package lectern.bench.row;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that is given to what cannot be awaited. */
final class Pause {

	private static final Duration SETTLE = Duration.ofSeconds(2);

	private Pause() {
	}

	/** Let servers finish what connecting left them to do. */
	static void settle() {
		long end = System.nanoTime() + SETTLE.toNanos();
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

}
