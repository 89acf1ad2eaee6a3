package lectern.streaming.server;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** A place that a stream has. It belongs to the request until a connection keeps it. */
final class StreamPermit {

	private final AtomicReference<@Nullable Runnable> onRelease;

	private volatile boolean transferred;

	StreamPermit(Runnable giveBack) {
		this.onRelease = new AtomicReference<>(giveBack);
	}

	/** From now on it is released by whoever keeps it. */
	void transfer() {
		this.transferred = true;
	}

	/** The request is over. */
	void releaseUnlessTransferred() {
		if (!this.transferred) {
			release();
		}
	}

	/** Give it back; more than once is once. */
	void release() {
		Runnable held = this.onRelease.getAndSet(null);
		if (held != null) {
			held.run();
		}
	}

}
