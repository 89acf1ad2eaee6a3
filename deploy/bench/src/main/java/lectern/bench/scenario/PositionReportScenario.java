package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.http.TextRequest;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.targets.LecternTarget;
import lectern.bench.targets.Pgbench;

/** Reports of positions, each answered once it is durable, beside plain inserts. */
final class PositionReportScenario implements Scenario {

	private static final int CLIENTS = 64;

	@Override
	public String name() {
		return "reports";
	}

	@Override
	public String description() {
		return "durable position reports a second, straight and through the gateway, beside pgbench";
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		BenchSettings settings = peers.settings();
		LecternTarget lectern = peers.newLectern();
		PositionReporters reporters = PositionReporters.of(lectern, CLIENTS);
		warmUp(lectern, reporters, settings.warmUpTime(), console);
		List<String> notes = new ArrayList<>();
		Throughput straight = new Throughput();
		Throughput withKeys = new Throughput();
		Throughput relayed = new Throughput();
		double reference = 0;
		long before = lectern.database().eventCount();
		for (int round = 1; round <= settings.rounds(); round++) {
			measure(straight, lectern, lectern.progressPort(), reporters.reportRequests(), settings.measurementTime());
			measure(relayed, lectern, lectern.port(), reporters.reportRequests(), settings.measurementTime());
			measure(withKeys, lectern, lectern.progressPort(), reporters.idempotentReportRequests(),
					settings.measurementTime());
			if (Pgbench.isInstalled()) {
				double rate = lectern.pgbench(lectern.database().lastReportData())
					.run(CLIENTS, settings.measurementTime());
				console.printLine(String.format(Locale.ROOT, "round %d: pgbench: %,.0f/s", round, rate));
				reference += rate / settings.rounds();
			}
			console.printLine("round " + round + ": straight: " + straight.summary());
			console.printLine("round " + round + ": through the gateway: " + relayed.summary());
		}
		notes.add("straight: " + straight.summary());
		notes.add("through the gateway: " + relayed.summary());
		notes.add("straight, each with a key, whose answer is kept: " + withKeys.summary());
		notes.add("%,d events are in the log for it".formatted(lectern.database().eventCount() - before));
		notes.add("reference: " + (Pgbench.isInstalled()
				? Pgbench.version() + ", 64 clients, prepared, one row a transaction into a table like event"
				: "pgbench is not installed; it needs " + Pgbench.INSTALL_HINT));
		double plain = Pgbench.isInstalled() ? reference : Double.NaN;
		return new ScenarioResult(List.of(
				ResultLine.ratioAtLeast("durable position reports a second, straight", "",
						straight.successesPerSecond(), plain, 1),
				ResultLine.ratioAtLeast("durable position reports a second, through the gateway", "",
						relayed.successesPerSecond(), plain, 0.6),
				ResultLine.withoutBudget("durable position reports a second, straight, with keys", "",
						withKeys.successesPerSecond(), plain)),
				notes);
	}

	private static void warmUp(LecternTarget lectern, PositionReporters reporters, Duration length,
			BenchConsole console) throws IOException {
		Throughput straight = new Throughput();
		measure(straight, lectern, lectern.progressPort(), reporters.reportRequests(), length.dividedBy(2));
		console.printLine("Lectern warms up: " + straight.summary());
		Throughput relayed = new Throughput();
		measure(relayed, lectern, lectern.port(), reporters.idempotentReportRequests(), length.dividedBy(2));
		console.printLine("Lectern warms up: " + relayed.summary());
	}

	private static void measure(Throughput throughput, LecternTarget lectern, int port,
			List<Supplier<TextRequest>> work, Duration length) throws IOException {
		try (ClosedLoopClients clients = ClosedLoopClients.connect(port, work)) {
			throughput.measure(clients, length, lectern.processes());
		}
	}

}
