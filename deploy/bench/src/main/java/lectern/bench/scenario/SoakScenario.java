package lectern.bench.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;

/** Whether anything grows while Lectern works at about half of what it can do. */
final class SoakScenario implements Scenario {

	private static final int REPORTERS = 64;

	/** The subscribers take about as much of the processors as the reports. */
	private static final int SHARE_OF_PEAK = 4;

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	/** In the first intervals code is compiled and pools are filled. */
	private static final int SETTLING_SHARE = 4;

	private static final double MAX_GROWTH = 1.1;

	/** Latencies of single intervals differ by more than anything that grows. */
	private static final double MAX_LATENCY_GROWTH = 1.5;

	private static final List<String> SERVICES = List.of(LecternTarget.GATEWAY, LecternTarget.CATALOG,
			LecternTarget.PROGRESS);

	@Override
	public String name() {
		return "soak";
	}

	@Override
	public String description() {
		return "memory, descriptors, threads and latencies over a long time at half load; use --seconds 1800";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.newLectern();
		PositionReporters reporters = PositionReporters.of(lectern, REPORTERS);
		Throughput peak = new Throughput();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(),
				reporters.reportRequests(REPORTERS))) {
			peak.measure(clients, settings.warmUpTime(), lectern.processes());
		}
		console.printLine("Warm-up of Lectern: " + peak.summary());
		double rate = peak.successesPerSecond() / SHARE_OF_PEAK;
		List<SoakSample> samples = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(), reporters.reportRequests(REPORTERS));
				DeliverySession session = DeliverySession.open(lectern, settings.subscribers() / 2,
						settings.subscribersPerAddress())) {
			long intervals = Math.max(settings.measurementTime().dividedBy(INTERVAL), SETTLING_SHARE);
			for (int minute = 1; minute <= intervals; minute++) {
				SoakSample sample = measureInterval(lectern, clients, rate, session);
				samples.add(sample);
				notes.add("minute " + minute + ": " + sample.summary());
				console.printLine(notes.getLast());
			}
		}
		return new ScenarioResult(lines(samples), notes);
	}

	private static SoakSample measureInterval(LecternTarget lectern, ClosedLoopClients clients, double rate,
			DeliverySession session) throws IOException {
		Map<String, Duration> cpuBefore = CpuTimes.read(lectern.processes());
		Throughput reports = new Throughput();
		CompletableFuture<MeasurementWindow> deliveries = CompletableFuture.supplyAsync(() -> deliver(session));
		reports.measureAtRate(clients, rate, INTERVAL, lectern.processes());
		MeasurementWindow delivered = deliveries.join();
		Map<String, Duration> cpu = CpuTimes.since(cpuBefore, lectern.processes());
		lectern.collectGarbage();
		return SoakSample.of(lectern.processes(), cpu, reports, delivered);
	}

	private static MeasurementWindow deliver(DeliverySession session) {
		try {
			return session.measure(BenchSettings.EVENTS_PER_SECOND, 1, INTERVAL);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<ResultLine> lines(List<SoakSample> samples) {
		List<ResultLine> lines = new ArrayList<>();
		for (String service : SERVICES) {
			lines.add(growth("memory of " + service, "MB", MAX_GROWTH, samples,
					(sample) -> sample.megabytes().getOrDefault(service, 0.0)));
			lines.add(growth("descriptors of " + service, "", MAX_GROWTH, samples,
					(sample) -> sample.descriptors().getOrDefault(service, 0)));
			lines.add(growth("threads of " + service, "", MAX_GROWTH, samples,
					(sample) -> sample.threads().getOrDefault(service, 0)));
		}
		lines.add(growth("p99 of a report", "ms", MAX_LATENCY_GROWTH, samples, SoakSample::reportMillis));
		lines.add(growth("p99 of a delivery", "ms", MAX_LATENCY_GROWTH, samples, SoakSample::deliveryMillis));
		lines.add(ResultLine.limit("soak: events that did not arrive, or in another order", "",
				samples.stream().mapToLong(SoakSample::faults).sum(), Double.NaN, 0));
		return lines;
	}

	/** Compare the last quarter of the samples with the second one. */
	private static ResultLine growth(String what, String unit, double budget, List<SoakSample> samples,
			ToDoubleFunction<SoakSample> value) {
		int quarter = samples.size() / SETTLING_SHARE;
		double before = mean(samples.subList(quarter, 2 * quarter), value);
		double after = mean(samples.subList(samples.size() - quarter, samples.size()), value);
		return ResultLine.ratio("soak: " + what + ", the last quarter compared with the second", unit, after, before,
				budget);
	}

	private static double mean(List<SoakSample> samples, ToDoubleFunction<SoakSample> value) {
		return samples.stream().mapToDouble(value).average().orElse(Double.NaN);
	}

}
