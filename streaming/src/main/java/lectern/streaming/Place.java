package lectern.streaming;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** A place that a stream has. It belongs to the request until a connection keeps it. */
final class Place {

	private final AtomicReference<@Nullable Runnable> giveBack;

	private volatile boolean kept;

	Place(Runnable giveBack) {
		this.giveBack = new AtomicReference<>(giveBack);
	}

	/** From now on it is released by whoever keeps it. */
	void keep() {
		this.kept = true;
	}

	/** The request is over. */
	void releaseUnlessKept() {
		if (!this.kept) {
			release();
		}
	}

	/** Give it back; more than once is once. */
	void release() {
		Runnable held = this.giveBack.getAndSet(null);
		if (held != null) {
			held.run();
		}
	}

}
