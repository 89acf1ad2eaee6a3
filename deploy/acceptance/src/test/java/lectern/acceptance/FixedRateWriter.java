package lectern.acceptance;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes at a fixed rate, one after the other, also during restarts: a failed write is
 * counted and not repeated.
 */
public final class FixedRateWriter implements AutoCloseable {

	private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(200);

	private final AtomicLong written = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private volatile boolean closing;

	private FixedRateWriter() {
	}

	public static FixedRateWriter start(int perSecond, WriteAction write) {
		FixedRateWriter writes = new FixedRateWriter();
		Thread.ofPlatform().daemon().name("writes").start(() -> writes.run(perSecond, write));
		return writes;
	}

	private void run(int perSecond, WriteAction write) {
		long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
		long due = System.nanoTime();
		try {
			while (!this.closing) {
				due = Math.max(due + pause, System.nanoTime() - 10 * pause);
				LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
				writeOnce(write);
			}
			this.ended.complete(null);
		}
		catch (RuntimeException ex) {
			this.ended.completeExceptionally(ex);
		}
	}

	private void writeOnce(WriteAction write) {
		try {
			write.write(this.written.get() + this.failed.get());
			this.written.incrementAndGet();
		}
		catch (IOException _) {
			this.failed.incrementAndGet();
			LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
		}
	}

	public long written() {
		return this.written.get();
	}

	public long failed() {
		return this.failed.get();
	}

	@Override
	public void close() {
		stop();
	}

	/** Stop, and wait for the write in progress. */
	public void stop() {
		this.closing = true;
		try {
			this.ended.get(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One write. */
	@FunctionalInterface
	public interface WriteAction {

		/**
		 * Write it.
		 * @param number counted from 0, also when a write fails
		 */
		void write(long number) throws IOException;

	}

}
