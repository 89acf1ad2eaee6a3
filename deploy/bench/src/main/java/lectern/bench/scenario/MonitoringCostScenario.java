package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.MeterScraper;
import lectern.bench.systems.TraceReceiver;
import org.jspecify.annotations.Nullable;

/**
 * What it costs that operators see what happens. Two Lecterns are measured in turn: one
 * that is scraped, exports traces and has a canary, and one without meters, traces and
 * canary.
 */
final class MonitoringCostScenario implements Scenario {

	private static final int REPORTERS = 64;

	private static final String OFF = "-Dmanagement.metrics.enable.all=false -Dlectern.canary.url=";

	private static final List<String> REPORT_PROCESSES = List.of(LecternTarget.GATEWAY, LecternTarget.PROGRESS);

	@Override
	public String name() {
		return "monitoring";
	}

	@Override
	public String description() {
		return "reports and deliveries with meters, traces, scrapes and canary, compared with none of them";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		try (TraceReceiver receiver = TraceReceiver.start()) {
			String on = "-Dmanagement.opentelemetry.tracing.export.otlp.endpoint=" + receiver.url();
			List<LecternTarget> lecterns = targets.newLecterns(List.of(on, OFF));
			try (MeterScraper scraper = MeterScraper.start(lecterns.getFirst())) {
				Side with = new Side("on", lecterns.getFirst(), settings);
				Side without = new Side("off", lecterns.getLast(), settings);
				for (Side side : List.of(with, without)) {
					side.measureReports(settings.warmUpTime());
					side.measureDeliveries(settings.warmUpTime().dividedBy(2));
					console.printLine("Warm-up of Lectern, monitoring " + side.summary());
					side.forget();
				}
				List<String> notes = new ArrayList<>();
				for (int round = 1; round <= settings.rounds(); round++) {
					for (Side side : List.of(with, without)) {
						side.measureReports(settings.measurementTime());
						side.measureDeliveries(settings.measurementTime());
						console.printLine("round " + round + ": monitoring " + side.summary());
					}
				}
				notes.add("monitoring " + with.summary());
				notes.add("monitoring " + without.summary());
				notes.add("%d exports of traces, with the default share of sampled requests, and %d scrapes"
					.formatted(receiver.exports(), scraper.scrapes()));
				return new ScenarioResult(lines(with, without), notes);
			}
		}
	}

	private static List<ResultLine> lines(Side with, Side without) {
		return List.of(
				ResultLine.withoutBudget("monitoring on, compared with off: CPU of a report, gateway + service", "µs",
						with.reportCpu(), without.reportCpu()),
				ResultLine.withoutBudget("monitoring on, compared with off: reports per second", "",
						with.reports.successesPerSecond(), without.reports.successesPerSecond()),
				ResultLine.withoutBudget("monitoring on, compared with off: CPU of a delivery, gateway + service", "µs",
						with.deliveryCpu(), without.deliveryCpu()),
				ResultLine.withoutBudget("monitoring on, compared with off: p99 of a delivery", "ms",
						with.p99OfDelivery(), without.p99OfDelivery()));
	}

	/** One of the two Lecterns, and what it has shown so far. */
	private static final class Side {

		private final String name;

		private final LecternTarget lectern;

		private final BenchSettings settings;

		private final PositionReporters reporters;

		private Throughput reports = new Throughput();

		private @Nullable MeasurementWindow deliveries;

		Side(String name, LecternTarget lectern, BenchSettings settings) throws IOException {
			this.name = name;
			this.lectern = lectern;
			this.settings = settings;
			this.reporters = PositionReporters.of(lectern, REPORTERS);
		}

		void measureReports(Duration length) throws IOException {
			try (ClosedLoopClients clients = ClosedLoopClients.connect(this.lectern.port(),
					this.reporters.reportRequests(REPORTERS))) {
				this.reports.measure(clients, length, this.lectern.processes());
			}
		}

		void measureDeliveries(Duration length) throws IOException {
			try (DeliverySession session = DeliverySession.open(this.lectern, this.settings)) {
				MeasurementWindow window = session.measure(BenchSettings.EVENTS_PER_SECOND, 1, length);
				this.deliveries = (this.deliveries != null) ? this.deliveries.merge(window) : window;
			}
		}

		void forget() {
			this.reports = new Throughput();
			this.deliveries = null;
		}

		double reportCpu() {
			return REPORT_PROCESSES.stream().mapToDouble(this.reports::cpuMicrosPerRequest).sum();
		}

		double deliveryCpu() {
			return (this.deliveries != null) ? this.deliveries.cpuMicrosPerDelivery(this.lectern.measuredProcesses())
					: Double.NaN;
		}

		double p99OfDelivery() {
			return (this.deliveries != null) ? this.deliveries.p99Millis() : Double.NaN;
		}

		String summary() {
			return "%s: reports: %s; deliveries: %s".formatted(this.name, this.reports.summary(),
					(this.deliveries != null) ? this.deliveries.summary() : "none");
		}

	}

}
