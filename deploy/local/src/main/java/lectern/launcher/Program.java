package lectern.launcher;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A program that runs until it is told to stop, in a process of its own. */
interface Program {

	/** Return the name that its log and its pid file have. */
	String name();

	List<String> command();

	/** Return all of its environment: nothing is inherited. */
	Map<String, String> environment();

	/** Wait for, or remove, what an earlier run that was killed may have left. */
	default void cleanUpPreviousRun() throws IOException, InterruptedException {
	}

	/** Return whether it serves by now; answers within a few seconds. */
	boolean isReady(ProcessHandle process) throws InterruptedException;

	/** Ask it to end in good order, and do not wait for it. */
	default void requestStop(ProcessHandle process) {
		process.destroy();
	}

}
