package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.machine.ProcessGroup;
import lectern.bench.systems.LecternTarget;

/** What starts of one kind have shown so far. */
final class WarmUpRuns {

	static final int REPORTERS = 64;

	/** The periods after a start that are measured one after the other. */
	static final List<String> WINDOWS = List.of("second 0 to 10 after ready", "second 10 to 30 after ready",
			"second 30 to 60 after ready", "steady");

	static final int STEADY = 3;

	private static final List<Duration> LENGTHS = List.of(Duration.ofSeconds(10), Duration.ofSeconds(20),
			Duration.ofSeconds(30));

	private static final List<String> REPORT_PROCESSES = List.of(LecternTarget.GATEWAY, LecternTarget.PROGRESS);

	/** Few enough to be connected within a second or two. */
	private static final int MAX_SUBSCRIBERS = 2_500;

	private static final int IDLE_FACTOR = 3;

	private final String name;

	private final List<Double> readySeconds = new ArrayList<>();

	private final List<Double> megabytes = new ArrayList<>();

	private final List<Double> startCpuSeconds = new ArrayList<>();

	private final List<Double> settledCpuSeconds = new ArrayList<>();

	private final List<Double> idlePercents = new ArrayList<>();

	private final Map<Integer, Throughput> reports = new HashMap<>();

	private final Map<Integer, MeasurementWindow> deliveries = new HashMap<>();

	private List<String> deliveryProcesses = List.of();

	WarmUpRuns(String name) {
		this.name = name;
	}

	private void recordStart(LecternTarget lectern) {
		this.readySeconds.add(lectern.startTime().toMillis() / 1000.0);
	}

	void measureReports(LecternTarget lectern, PositionReporters reporters, BenchSettings settings) throws IOException {
		recordStart(lectern);
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(),
				reporters.reportRequests(REPORTERS))) {
			for (int window = 0; window < STEADY; window++) {
				measureReports(window, clients, LENGTHS.get(window), lectern);
			}
			new Throughput().measure(clients, settings.warmUpTime(), lectern.processes());
			measureReports(STEADY, clients, settings.measurementTime(), lectern);
		}
	}

	private void measureReports(int window, ClosedLoopClients clients, Duration length, LecternTarget lectern)
			throws IOException {
		this.reports.computeIfAbsent(window, (_) -> new Throughput()).measure(clients, length, lectern.processes());
	}

	void measureDeliveries(LecternTarget lectern, BenchSettings settings) throws IOException {
		recordStart(lectern);
		this.deliveryProcesses = lectern.measuredProcesses();
		int subscribers = Math.min(settings.subscribers(), MAX_SUBSCRIBERS);
		try (DeliverySession session = DeliverySession.open(lectern, subscribers, settings.subscribersPerAddress())) {
			for (int window = 0; window < STEADY; window++) {
				measureDeliveries(window, session, LENGTHS.get(window));
			}
			session.measure(BenchSettings.EVENTS_PER_SECOND, 1, settings.warmUpTime());
			measureDeliveries(STEADY, session, settings.measurementTime());
		}
	}

	private void measureDeliveries(int window, DeliverySession session, Duration length) throws IOException {
		this.deliveries.merge(window, session.measure(BenchSettings.EVENTS_PER_SECOND, 1, length),
				MeasurementWindow::merge);
	}

	/**
	 * The JVM compiles for a while after a start, with caches more at once; that is part
	 * of the cost of the start, which is measured apart.
	 */
	void measureIdle(LecternTarget lectern, BenchSettings settings) throws IOException {
		recordStart(lectern);
		SettleDelay.await();
		long bytes = lectern.processes().values().stream().mapToLong(ProcessGroup::memoryBytes).sum();
		this.megabytes.add(bytes / 1024.0 / 1024);
		this.startCpuSeconds.add(cpuTime(lectern).toMillis() / 1000.0);
		pause(settings.warmUpTime());
		Duration before = cpuTime(lectern);
		this.settledCpuSeconds.add(before.toMillis() / 1000.0);
		long began = System.nanoTime();
		pause(settings.measurementTime().multipliedBy(IDLE_FACTOR));
		double elapsed = System.nanoTime() - began;
		this.idlePercents.add(100 * cpuTime(lectern).minus(before).toNanos() / elapsed);
	}

	private static void pause(Duration length) {
		long end = System.nanoTime() + length.toNanos();
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

	private static Duration cpuTime(LecternTarget lectern) throws IOException {
		return lectern.processes().values().stream().map(ProcessGroup::cpuTime).reduce(Duration.ZERO, Duration::plus);
	}

	/** Return the mean time from the command to the line that says that it is ready. */
	double readySeconds() {
		return mean(this.readySeconds);
	}

	/** Return the memory of all processes two seconds after a start. */
	double megabytes() {
		return mean(this.megabytes);
	}

	/** Return the CPU time that all processes have used two seconds after a start. */
	double startCpuSeconds() {
		return mean(this.startCpuSeconds);
	}

	/** Return the CPU time of all processes, as a share of one core. */
	double idlePercent() {
		return mean(this.idlePercents);
	}

	private static double mean(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
	}

	/** Return the CPU time of gateway and service for a report, in microseconds. */
	double reportCpu(int window) {
		return Optional.ofNullable(this.reports.get(window))
			.map((measured) -> REPORT_PROCESSES.stream().mapToDouble(measured::cpuMicrosPerRequest).sum())
			.orElse(Double.NaN);
	}

	/** Return the CPU time of gateway and service for a delivery, in microseconds. */
	double deliveryCpu(int window) {
		return Optional.ofNullable(this.deliveries.get(window))
			.map((measured) -> measured.cpuMicrosPerDelivery(this.deliveryProcesses))
			.orElse(Double.NaN);
	}

	/** Return all measurements as one line of text. */
	String summary() {
		StringBuilder text = new StringBuilder(this.name);
		text.append(": ready after").append(list(this.readySeconds)).append(" s, memory").append(list(this.megabytes));
		text.append(" MB, CPU of all processes").append(list(this.startCpuSeconds)).append(" s when ready,");
		text.append(list(this.settledCpuSeconds)).append(" s after the time of the warm-up, idle then");
		text.append(list(this.idlePercents)).append(" % of a core");
		for (int window = 0; window <= STEADY; window++) {
			text.append(String.format(Locale.ROOT, "; %s: %.0f µs for a report, %.2f µs for a delivery",
					WINDOWS.get(window), reportCpu(window), deliveryCpu(window)));
			Throughput throughput = this.reports.get(window);
			if (throughput != null) {
				text.append(String.format(Locale.ROOT, ", %,.0f reports/s, p99 %.0f ms",
						throughput.successesPerSecond(), throughput.quantileMillis(0.99)));
			}
		}
		return text.toString();
	}

	private static String list(List<Double> values) {
		StringBuilder text = new StringBuilder();
		values.forEach((value) -> text.append(String.format(Locale.ROOT, " %.1f", value)));
		return text.toString();
	}

}
