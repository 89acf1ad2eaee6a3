package lectern.launcher.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends all waits of the demo when it stops. */
final class StopSignal {

	private final CountDownLatch stopped = new CountDownLatch(1);

	/** End all present and future waits. */
	void stop() {
		this.stopped.countDown();
	}

	boolean isStopped() {
		return this.stopped.getCount() == 0;
	}

	/**
	 * Wait.
	 * @throws InterruptedException if the demo is stopped before or meanwhile
	 */
	void pause(Duration duration) throws InterruptedException {
		if (this.stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new InterruptedException();
		}
	}

}
