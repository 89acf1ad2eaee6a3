package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.machine.Machine;
import lectern.bench.machine.ProcessGroup;

/** The rate, the latencies and the CPU time of requests. */
final class Throughput {

	private final LatencyHistogram latency = new LatencyHistogram();

	private final Map<Integer, Long> statuses = new TreeMap<>();

	private final Map<String, Duration> cpu = new LinkedHashMap<>();

	private Duration elapsed = Duration.ZERO;

	private long responses;

	/**
	 * Run clients for the given time and add the result to what was measured before.
	 * @param processes the processes whose CPU time is measured
	 */
	void measure(ClosedLoopClients clients, Duration length, Map<String, ProcessGroup> processes) throws IOException {
		Map<String, Duration> before = cpu(processes);
		long began = System.nanoTime();
		clients.run(length, (status, nanos) -> {
			this.latency.record(nanos);
			this.statuses.merge(status, 1L, Long::sum);
			this.responses++;
		});
		this.elapsed = this.elapsed.plusNanos(System.nanoTime() - began);
		cpu(processes).forEach(
				(name, after) -> this.cpu.merge(name, after.minus(before.getOrDefault(name, after)), Duration::plus));
	}

	private static Map<String, Duration> cpu(Map<String, ProcessGroup> processes) {
		Map<String, Duration> all = new LinkedHashMap<>();
		all.put("(bench itself)", Machine.benchCpuTime());
		processes.forEach((name, group) -> all.put(name, group.cpuTime()));
		return all;
	}

	/** Return the responses with status 2xx per second. */
	double successesPerSecond() {
		long successes = this.statuses.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() / 100 == 2)
			.mapToLong(Map.Entry::getValue)
			.sum();
		return successes / (this.elapsed.toNanos() / 1e9);
	}

	/** Return a quantile of the latencies in milliseconds. */
	double millis(double quantile) {
		return millis(this.latency.quantile(quantile));
	}

	String summary() {
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
				"%,.0f/s, p50 %.1f ms, p99 %.1f ms, max %.1f ms, responses by status %s, CPU per request:",
				successesPerSecond(), millis(this.latency.quantile(0.5)), millis(this.latency.quantile(0.99)),
				millis(this.latency.max()), this.statuses));
		this.cpu.forEach((name, time) -> text.append(
				String.format(Locale.ROOT, " %s %.0f µs", name, time.toNanos() / 1e3 / Math.max(this.responses, 1))));
		return text.toString();
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

}
