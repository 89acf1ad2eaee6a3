package lectern.launcher;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A program that the supervisor keeps running in a process of its own. */
interface Program {

	/** Return the name, also of the log file and the pid file. */
	String name();

	List<String> command();

	/** Return the whole environment; nothing is inherited. */
	Map<String, String> environment();

	/** Remove what a killed earlier run may have left; called before each start. */
	default void cleanUpPreviousRun() throws IOException, InterruptedException {
	}

	/** Return whether the program is ready; must return within a few seconds. */
	boolean isReady(ProcessHandle process) throws InterruptedException;

	/** Request an orderly stop without waiting for it. */
	default void requestStop(ProcessHandle process) {
		process.destroy();
	}

	/**
	 * End a process that did not stop in time, without waiting for it.
	 * @return what was done, after the words "did not stop in time and"
	 */
	default String forceStop(ProcessHandle process) {
		// List the descendants first: when their parent has ended they are not found.
		List<ProcessHandle> descendants = process.descendants().toList();
		process.destroyForcibly();
		descendants.forEach(ProcessHandle::destroyForcibly);
		return "is killed";
	}

}
