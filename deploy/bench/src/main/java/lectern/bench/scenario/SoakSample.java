package lectern.bench.scenario;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import lectern.bench.machine.ProcessGroup;

/**
 * What one interval of a soak has shown.
 *
 * @param megabytes the proportional set size after garbage collection, by process
 * @param descriptors open file descriptors, by process
 * @param threads by process
 * @param cpuSeconds of all processes together
 * @param reportMillis the p99 of a report
 * @param deliveryMillis the p99 from a write to its delivery
 * @param faults failed reports, and events that did not arrive or in another order
 */
record SoakSample(Map<String, Double> megabytes, Map<String, Integer> descriptors, Map<String, Integer> threads,
		double cpuSeconds, double reportMillis, double deliveryMillis, long faults) {

	private static final double MEGABYTE = 1024.0 * 1024;

	static SoakSample of(Map<String, ProcessGroup> processes, Map<String, Duration> cpu, Throughput reports,
			MeasurementWindow deliveries) {
		Map<String, Double> megabytes = new HashMap<>();
		Map<String, Integer> descriptors = new HashMap<>();
		Map<String, Integer> threads = new HashMap<>();
		processes.forEach((name, process) -> {
			megabytes.put(name, process.memoryBytes() / MEGABYTE);
			descriptors.put(name, process.openDescriptors());
			threads.put(name, process.threads());
		});
		Duration cpuTime = processes.keySet()
			.stream()
			.map((name) -> cpu.getOrDefault(name, Duration.ZERO))
			.reduce(Duration.ZERO, Duration::plus);
		return new SoakSample(megabytes, descriptors, threads, cpuTime.toMillis() / 1e3, reports.quantileMillis(0.99),
				deliveries.p99Millis(), reports.failures() + deliveries.missing() + deliveries.outOfOrder());
	}

	/** Return the sample as one line of text. */
	String summary() {
		StringBuilder text = new StringBuilder(
				String.format(Locale.ROOT, "p99 of a report %.1f ms, of a delivery %.1f ms, %.1f s of CPU, %d faults",
						this.reportMillis, this.deliveryMillis, this.cpuSeconds, this.faults));
		this.megabytes.keySet()
			.stream()
			.sorted()
			.forEach((name) -> text.append(String.format(Locale.ROOT, "; %s %.1f MB, %d descriptors, %d threads", name,
					this.megabytes.get(name), this.descriptors.get(name), this.threads.get(name))));
		return text.toString();
	}

}
