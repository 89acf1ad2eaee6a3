package lectern.launcher;

import java.time.Duration;

/**
 * Decides when a program that is not ready has taken too long to start. On a busy machine
 * a start takes minutes, but it consumes CPU time; a program that hangs does not.
 */
final class StartTimeout {

	/** How long a program may consume almost no CPU time before it is ready. */
	private static final Duration IDLE_LIMIT = Duration.ofSeconds(120);

	/** CPU time that counts as progress; timers of an idle JVM take much less. */
	private static final Duration PROGRESS = Duration.ofSeconds(1);

	private final Duration limit;

	private final long pid;

	private Duration idleSince = Duration.ZERO;

	private Duration countedCpuTime = Duration.ZERO;

	/**
	 * @param limit the longest start, also of a program that makes progress
	 * @param pid the process that starts; one that replaces it makes no progress, because
	 * it repeats a start that failed
	 */
	StartTimeout(Duration limit, long pid) {
		this.limit = limit;
		this.pid = pid;
	}

	/**
	 * Return whether to give up.
	 * @param elapsed the time since the start
	 * @param currentPid the process that runs now
	 * @param cpuTime the CPU time that it has consumed
	 */
	boolean isExceeded(Duration elapsed, long currentPid, Duration cpuTime) {
		if (currentPid == this.pid && cpuTime.minus(this.countedCpuTime).compareTo(PROGRESS) >= 0) {
			this.countedCpuTime = cpuTime;
			this.idleSince = elapsed;
		}
		return elapsed.compareTo(this.limit) > 0 || elapsed.minus(this.idleSince).compareTo(IDLE_LIMIT) > 0;
	}

}
