package lectern.launcher;

import java.time.Duration;

/**
 * Decides when a program that is awaited has stopped making progress. On a busy machine,
 * or after a crash, a start takes minutes, but meanwhile the program consumes CPU time or
 * writes lines into its log; a program that hangs does neither.
 */
final class ProgressTimeout {

	/**
	 * The share of the limit that counts as progress if it is spent on a CPU: 2.5 %. The
	 * timers of all processes of an idle Lectern take less.
	 */
	private static final int CPU_TIME_DIVISOR = 40;

	private final Duration limit;

	private final long pid;

	private boolean begun;

	private Duration progressAt = Duration.ZERO;

	private Duration countedCpuTime = Duration.ZERO;

	private long countedLogBytes;

	/**
	 * @param limit the longest time without progress
	 * @param pid the process that is awaited; one that replaces it makes no progress,
	 * because it repeats a start that failed
	 */
	ProgressTimeout(Duration limit, long pid) {
		this.limit = limit;
		this.pid = pid;
	}

	/**
	 * Return whether to give up. The first call begins the measurement.
	 * @param elapsed the time since the wait began
	 * @param currentPid the process that runs now
	 * @param cpuTime the CPU time that it, and what it waits for, have consumed; less
	 * than before if a child process has ended
	 * @param logBytes the size of its log
	 */
	boolean isExceeded(Duration elapsed, long currentPid, Duration cpuTime, long logBytes) {
		if (!this.begun || currentPid == this.pid) {
			record(elapsed, cpuTime, logBytes);
		}
		return elapsed.minus(this.progressAt).compareTo(this.limit) > 0;
	}

	private void record(Duration elapsed, Duration cpuTime, long logBytes) {
		boolean consumed = cpuTime.minus(this.countedCpuTime).compareTo(this.limit.dividedBy(CPU_TIME_DIVISOR)) >= 0;
		if (!this.begun || consumed || logBytes != this.countedLogBytes) {
			this.begun = true;
			this.progressAt = elapsed;
			this.countedCpuTime = cpuTime;
			this.countedLogBytes = logBytes;
		}
		if (cpuTime.compareTo(this.countedCpuTime) < 0) {
			this.countedCpuTime = cpuTime;
		}
	}

}
