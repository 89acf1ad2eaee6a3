package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.http.TextRequest;
import lectern.bench.profile.CpuProfile;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.Pgbench;

/** The throughput of position reports, compared with single-row inserts. */
final class PositionReportScenario implements Scenario {

	/** The number of clients for which the budgets are defined. */
	private static final int CLIENTS = 64;

	private static final List<Integer> OTHER_CLIENT_COUNTS = List.of(1, 8, 256);

	private static final double MAX_P99_MILLIS = 25;

	@Override
	public String name() {
		return "reports";
	}

	@Override
	public String description() {
		return "durable position reports per second, directly and through the gateway, compared with pgbench";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.newLectern();
		PositionReporters reporters = PositionReporters.of(lectern, Collections.max(OTHER_CLIENT_COUNTS));
		warmUp(lectern, reporters, settings.warmUpTime(), console);
		List<String> notes = new ArrayList<>();
		Throughput direct = new Throughput();
		Throughput withKeys = new Throughput();
		Throughput throughGateway = new Throughput();
		double reference = 0;
		long eventsBefore = lectern.database().eventCount();
		String lag = "";
		for (int round = 1; round <= settings.rounds(); round++) {
			measureDirect(direct, lectern, reporters, settings, console);
			lag = ProjectionLag.largest(lectern);
			measure(throughGateway, lectern, lectern.port(), reporters.reportRequests(CLIENTS),
					settings.measurementTime());
			measure(withKeys, lectern, lectern.progressPort(), reporters.idempotentReportRequests(CLIENTS),
					settings.measurementTime());
			if (Pgbench.isInstalled()) {
				double rate = lectern.pgbench(lectern.database().lastReportData())
					.run(CLIENTS, settings.measurementTime());
				console.printLine(String.format(Locale.ROOT, "round %d: pgbench: %,.0f/s", round, rate));
				reference += rate / settings.rounds();
			}
			console.printLine("round " + round + ": directly: " + direct.summary());
			console.printLine("round " + round + ": through the gateway: " + throughGateway.summary());
		}
		Throughput atHalfPeak = measureAtRate(direct.successesPerSecond() / 2, lectern, reporters, settings);
		notes.add("directly: " + direct.summary());
		notes.add("largest lag of the projections in the last round: " + lag);
		notes.add("directly, at half the peak rate: " + atHalfPeak.summary());
		for (int clients : OTHER_CLIENT_COUNTS) {
			notes.add("directly, clients: " + clients + ": "
					+ measureClients(clients, lectern, reporters, settings).summary());
		}
		notes.add("through the gateway: " + throughGateway.summary());
		notes.add("directly, each with an idempotency key, whose response is stored: " + withKeys.summary());
		notes.add("%,d events were appended to the log".formatted(lectern.database().eventCount() - eventsBefore));
		notes.add("reference: " + (Pgbench.isInstalled()
				? Pgbench.version()
						+ ", 64 clients, prepared, one row per transaction into a copy of the table of events"
				: "pgbench is not installed; to install it: " + Pgbench.INSTALL_HINT));
		double pgbench = Pgbench.isInstalled() ? reference : Double.NaN;
		return new ScenarioResult(List.of(
				ResultLine.ratioAtLeast("durable position reports per second, directly", "",
						direct.successesPerSecond(), pgbench, 1),
				ResultLine.ratioAtLeast("durable position reports per second, through the gateway", "",
						throughGateway.successesPerSecond(), pgbench, 0.6),
				ResultLine.limit("durable position reports, directly, at half the peak rate: p99", "ms",
						atHalfPeak.quantileMillis(0.99), Double.NaN, MAX_P99_MILLIS),
				ResultLine.withoutBudget("durable position reports per second, directly, with idempotency keys", "",
						withKeys.successesPerSecond(), pgbench)),
				notes);
	}

	private static void warmUp(LecternTarget lectern, PositionReporters reporters, Duration length,
			BenchConsole console) throws IOException {
		Throughput direct = new Throughput();
		measure(direct, lectern, lectern.progressPort(), reporters.reportRequests(CLIENTS), length.dividedBy(2));
		console.printLine("Warm-up of Lectern: " + direct.summary());
		Throughput throughGateway = new Throughput();
		measure(throughGateway, lectern, lectern.port(), reporters.idempotentReportRequests(CLIENTS),
				length.dividedBy(2));
		console.printLine("Warm-up of Lectern: " + throughGateway.summary());
	}

	private static void measureDirect(Throughput direct, LecternTarget lectern, PositionReporters reporters,
			BenchSettings settings, BenchConsole console) throws IOException {
		long before = direct.responses();
		CpuProfile profile = settings.profile()
				? CpuProfile.start(Objects.requireNonNull(lectern.processes().get(LecternTarget.PROGRESS))) : null;
		measure(direct, lectern, lectern.progressPort(), reporters.reportRequests(CLIENTS), settings.measurementTime());
		if (profile != null) {
			console.printLine("progress-service, " + profile.stop(direct.responses() - before));
		}
	}

	private static Throughput measureAtRate(double perSecond, LecternTarget lectern, PositionReporters reporters,
			BenchSettings settings) throws IOException {
		Throughput throughput = new Throughput();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.progressPort(),
				reporters.reportRequests(CLIENTS))) {
			throughput.measureAtRate(clients, perSecond, settings.measurementTime(), lectern.processes());
		}
		return throughput;
	}

	/** Measured once and for a shorter time, since it has no budget. */
	private static Throughput measureClients(int clients, LecternTarget lectern, PositionReporters reporters,
			BenchSettings settings) throws IOException {
		Throughput throughput = new Throughput();
		measure(throughput, lectern, lectern.progressPort(), reporters.reportRequests(clients),
				settings.measurementTime().dividedBy(2));
		return throughput;
	}

	private static void measure(Throughput throughput, LecternTarget lectern, int port,
			List<Supplier<TextRequest>> requests, Duration length) throws IOException {
		try (ClosedLoopClients clients = ClosedLoopClients.connect(port, requests)) {
			throughput.measure(clients, length, lectern.processes());
		}
	}

}
