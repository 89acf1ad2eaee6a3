package lectern.bench.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import lectern.bench.machine.Machine;
import lectern.bench.machine.ProcessGroup;

/** The CPU times of processes and of the bench itself. */
final class CpuTimes {

	/**
	 * The bench is not part of any result, but is shown because it takes CPU from the
	 * target.
	 */
	private static final String BENCH = "(bench itself)";

	private CpuTimes() {
	}

	/** Return the CPU times so far, by name of the process. */
	static Map<String, Duration> read(Map<String, ProcessGroup> processes) {
		Map<String, Duration> times = new LinkedHashMap<>();
		times.put(BENCH, Machine.benchCpuTime());
		processes.forEach((name, group) -> times.put(name, group.cpuTime()));
		return times;
	}

	/** Return the CPU times since an earlier reading; a new process counts as zero. */
	static Map<String, Duration> since(Map<String, Duration> before, Map<String, ProcessGroup> processes) {
		Map<String, Duration> times = read(processes);
		times.replaceAll((name, time) -> time.minus(before.getOrDefault(name, time)));
		return times;
	}

}
