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
		measure(processes, () -> clients.run(length, this::record));
	}

	/**
	 * Run clients at a constant rate for the given time and add the result to what was
	 * measured before.
	 * @param perSecond the rate of all clients together
	 */
	void measureAtRate(ClosedLoopClients clients, double perSecond, Duration length,
			Map<String, ProcessGroup> processes) throws IOException {
		measure(processes, () -> clients.runAtRate(perSecond, length, this::record));
	}

	private void record(int status, long nanos) {
		this.latency.record(nanos);
		this.statuses.merge(status, 1L, Long::sum);
		this.successes += (status / 100 == 2) ? 1 : 0;
		this.responses++;
	}

	private void measure(Map<String, ProcessGroup> processes, Run run) throws IOException {
		Map<String, Duration> cpuBefore = CpuTimes.read(processes);
		long began = System.nanoTime();
		run.run();
		this.elapsed = this.elapsed.plusNanos(System.nanoTime() - began);
		addCpu(CpuTimes.since(cpuBefore, processes));
	}

	/**
	 * Run wrk for the given time and add the result to what was measured before.
	 * @param processes the processes whose CPU time is measured
	 */
	void measure(Wrk wrk, Duration length, Map<String, ProcessGroup> processes) throws IOException {
		Map<String, Duration> cpuBefore = CpuTimes.read(processes);
		WrkResult result = wrk.run(length);
		addCpu(CpuTimes.since(cpuBefore, processes));
		this.elapsed = this.elapsed.plus(result.elapsed());
		this.responses += result.responses();
		this.successes += result.responses();
		long responsesPerQuantile = Math.max(result.responses() / result.latencies().size(), 1);
		result.latencies().forEach((latency) -> this.latency.record(latency, responsesPerQuantile));
	}

	private void addCpu(Map<String, Duration> times) {
		times.forEach((name, time) -> this.cpu.merge(name, time, Duration::plus));
	}

	/** Return the number of responses, whatever their status. */
	long responses() {
		return this.responses;
	}

	/** Return the number of responses with another status than 2xx. */
	long failures() {
		return this.responses - this.successes;
	}

	/** Return the responses with status 2xx per second. */
	double successesPerSecond() {
		return this.successes / (this.elapsed.toNanos() / 1e9);
	}

	/** Return a quantile of the latencies in milliseconds. */
	double quantileMillis(double quantile) {
		return this.latency.quantileMillis(quantile);
	}

	/** Return the CPU time of a process per request, in microseconds. */
	double cpuMicrosPerRequest(String process) {
		return this.cpu.getOrDefault(process, Duration.ZERO).toNanos() / 1e3 / Math.max(this.responses, 1);
	}

	/** Return the measurement as one line of text. */
	String summary() {
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%,.0f/s, %s, %s, CPU per request:",
				successesPerSecond(), this.latency.summary(),
				this.statuses.isEmpty() ? "no errors" : "responses by status " + this.statuses));
		this.cpu.keySet()
			.forEach((name) -> text.append(String.format(Locale.ROOT, " %s %.0f µs", name, cpuMicrosPerRequest(name))));
		return text.toString();
	}

	/** Sends requests for some time. */
	@FunctionalInterface
	private interface Run {

		void run() throws IOException;

	}

}
