package lectern.acceptance;

import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The running Lectern instances, which stop after the last test. There are as many as
 * test classes run side by side.
 */
final class LecternPool implements AutoCloseable {

	private final Deque<LecternInstance> idle = new ConcurrentLinkedDeque<>();

	/** Return an idle instance, or start one. */
	LecternInstance borrow() throws IOException {
		LecternInstance instance = this.idle.poll();
		return (instance != null) ? instance : LecternInstance.start();
	}

	void giveBack(LecternInstance instance) {
		this.idle.push(instance);
	}

	@Override
	public void close() throws IOException {
		for (LecternInstance instance : this.idle) {
			instance.close();
		}
	}

}
