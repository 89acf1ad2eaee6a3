package lectern.web;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Limits lines of the log that a client can cause as often as it likes. */
final class LineLimit {

	private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final int perMinute;

	private final AtomicLong minuteBegan = new AtomicLong(System.nanoTime());

	private final AtomicInteger written = new AtomicInteger();

	/**
	 * @param perMinute how many lines may be written in a minute
	 */
	LineLimit(int perMinute) {
		this.perMinute = perMinute;
	}

	/** Return whether one more line may be written now. */
	boolean acquire() {
		long began = this.minuteBegan.get();
		long now = System.nanoTime();
		if (now - began > MINUTE_NANOS && this.minuteBegan.compareAndSet(began, now)) {
			this.written.set(0);
		}
		return this.written.get() < this.perMinute && this.written.incrementAndGet() <= this.perMinute;
	}

}
