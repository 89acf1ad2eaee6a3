package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.http.Wrk;
import lectern.bench.http.WrkResult;
import lectern.bench.machine.Machine;
import lectern.bench.machine.ProcessGroup;

/** The rate, the latencies and the CPU time of requests. */
final class Throughput {

	private final LatencyHistogram latency = new LatencyHistogram();

	private final Map<Integer, Long> statuses = new TreeMap<>();

	private final Map<String, Duration> cpu = new LinkedHashMap<>();

	private long successes;

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
			this.successes += (status / 100 == 2) ? 1 : 0;
			this.responses++;
		});
		this.elapsed = this.elapsed.plusNanos(System.nanoTime() - began);
		addCpu(before, cpu(processes));
	}

	/**
	 * Run wrk for the given time and add the result to what was measured before.
	 * @param processes the processes whose CPU time is measured
	 */
	void measure(Wrk wrk, Duration length, Map<String, ProcessGroup> processes) throws IOException {
		Map<String, Duration> before = cpu(processes);
		WrkResult result = wrk.run(length);
		addCpu(before, cpu(processes));
		this.elapsed = this.elapsed.plus(result.elapsed());
		this.responses += result.responses();
		this.successes += result.responses();
		long responsesPerQuantile = Math.max(result.responses() / result.latencies().size(), 1);
		result.latencies().forEach((latency) -> this.latency.record(latency, responsesPerQuantile));
	}

	private void addCpu(Map<String, Duration> before, Map<String, Duration> after) {
		after
			.forEach((name, time) -> this.cpu.merge(name, time.minus(before.getOrDefault(name, time)), Duration::plus));
	}

	private static Map<String, Duration> cpu(Map<String, ProcessGroup> processes) {
		Map<String, Duration> all = new LinkedHashMap<>();
		all.put("(bench itself)", Machine.benchCpuTime());
		processes.forEach((name, group) -> all.put(name, group.cpuTime()));
		return all;
	}

	/** Return the responses with status 2xx per second. */
	double successesPerSecond() {
		return this.successes / (this.elapsed.toNanos() / 1e9);
	}

	/** Return a quantile of the latencies in milliseconds. */
	double millis(double quantile) {
		return millis(this.latency.quantile(quantile));
	}

	String summary() {
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
				"%,.0f/s, p50 %.1f ms, p99 %.1f ms, max %.1f ms, %s, CPU per request:", successesPerSecond(),
				millis(this.latency.quantile(0.5)), millis(this.latency.quantile(0.99)), millis(this.latency.max()),
				this.statuses.isEmpty() ? "no errors" : "responses by status " + this.statuses));
		this.cpu.forEach((name, time) -> text.append(
				String.format(Locale.ROOT, " %s %.0f µs", name, time.toNanos() / 1e3 / Math.max(this.responses, 1))));
		return text.toString();
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

}
