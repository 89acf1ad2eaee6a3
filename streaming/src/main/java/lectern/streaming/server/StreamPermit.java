package lectern.streaming.server;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The permission to have one open stream. It belongs to the request until a connection
 * takes it over.
 */
final class StreamPermit {

	private final AtomicReference<@Nullable Runnable> onRelease;

	private volatile boolean transferred;

	StreamPermit(Runnable onRelease) {
		this.onRelease = new AtomicReference<>(onRelease);
	}

	/** Transfer the permit to a connection, which has to release it. */
	void transfer() {
		this.transferred = true;
	}

	/** Release the permit at the end of the request, unless a connection has it. */
	void releaseUnlessTransferred() {
		if (!this.transferred) {
			release();
		}
	}

	/** Release the permit; a repeated call has no effect. */
	void release() {
		Runnable action = this.onRelease.getAndSet(null);
		if (action != null) {
			action.run();
		}
	}

}
