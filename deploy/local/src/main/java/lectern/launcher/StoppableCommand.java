package lectern.launcher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a command when a signal ends its process, and waits until it has cleaned up.
 * Close it when nothing is left to clean up.
 */
final class StoppableCommand implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final Thread thread = Thread.currentThread();

	private final CountDownLatch cleaned = new CountDownLatch(1);

	private volatile boolean stopping;

	StoppableCommand() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
	}

	private void stop() {
		if (this.cleaned.getCount() == 0) {
			return;
		}
		this.stopping = true;
		this.thread.interrupt();
		try {
			this.cleaned.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Return whether a signal ends the process. */
	boolean isStopping() {
		return this.stopping;
	}

	@Override
	public void close() {
		this.cleaned.countDown();
	}

}
