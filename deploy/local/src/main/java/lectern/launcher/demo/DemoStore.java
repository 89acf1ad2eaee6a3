package lectern.launcher.demo;

import java.io.Closeable;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Where the demo keeps what it must know at the next start, passwords included, and where
 * a command tells a running demo to stop.
 */
public interface DemoStore {

	/** Return the stored text; null if there is none. */
	@Nullable String read() throws IOException;

	/** Replace the stored text as a whole; only the user may be able to read it. */
	void write(String text) throws IOException;

	/**
	 * Lock the demo, so that one process at a time runs or changes it.
	 * @return what unlocks it; null if another process holds the lock
	 */
	@Nullable Closeable tryLock() throws IOException;

	/** Ask the process that runs the demo to stop its readers. */
	void requestStop() throws IOException;

	/** Return whether a stop was requested since the request was withdrawn. */
	boolean isStopRequested();

	/** Withdraw the request to stop, when the demo is started again. */
	void withdrawStopRequest() throws IOException;

}
