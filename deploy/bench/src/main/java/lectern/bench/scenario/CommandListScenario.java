package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.machine.ProcessGroup;
import lectern.bench.profile.CpuProfile;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.Pgbench;

/** The throughput of reports in lists of commands, compared with single-row inserts. */
final class CommandListScenario implements Scenario {

	private static final int CONNECTIONS = 16;

	/** The number of clients of pgbench for which the budgets are defined. */
	private static final int PGBENCH_CLIENTS = 64;

	private static final int LINES = 2000;

	@Override
	public String name() {
		return "batch";
	}

	@Override
	public String description() {
		return "position reports per second in lists of commands, 16 connections, compared with pgbench";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.newLectern();
		ProcessGroup progress = Objects.requireNonNull(lectern.processes().get(LecternTarget.PROGRESS));
		PositionReporters reporters = PositionReporters.of(lectern, CONNECTIONS);
		Throughput warmUp = new Throughput();
		measure(warmUp, lectern, lectern.progressPort(), reporters, settings.warmUpTime());
		console.printLine("Warm-up of Lectern: lists of " + LINES + ": " + warmUp.summary());
		lectern.collectGarbage();
		long memoryBefore = progress.memoryBytes();
		Throughput direct = new Throughput();
		Throughput throughGateway = new Throughput();
		double reference = 0;
		String lag = "";
		for (int round = 1; round <= settings.rounds(); round++) {
			long responsesBefore = direct.responses();
			CpuProfile profile = settings.profile() ? CpuProfile.start(progress) : null;
			measure(direct, lectern, lectern.progressPort(), reporters, settings.measurementTime());
			if (profile != null) {
				console.printLine(
						"progress-service, per line, " + profile.stop((direct.responses() - responsesBefore) * LINES));
			}
			lag = ProjectionLag.largest(lectern);
			measure(throughGateway, lectern, lectern.port(), reporters, settings.measurementTime());
			if (Pgbench.isInstalled()) {
				reference += lectern.pgbench(lectern.database().lastReportData())
					.run(PGBENCH_CLIENTS, settings.measurementTime()) / settings.rounds();
			}
			console.printLine(String.format(Locale.ROOT, "round %d: directly %,.0f lines/s, pgbench %,.0f/s", round,
					linesPerSecond(direct), reference * settings.rounds() / round));
		}
		double pgbench = Pgbench.isInstalled() ? reference : Double.NaN;
		long memoryAfter = progress.memoryBytes();
		List<String> notes = new ArrayList<>();
		notes.add("directly: lists of " + LINES + ": " + direct.summary());
		notes.add("through the gateway: lists of " + LINES + ": " + throughGateway.summary());
		notes.add("largest lag of the projections in the last round: " + lag);
		notes.add(String.format(Locale.ROOT, "memory of progress-service: %.0f MB before, %.0f MB after",
				memoryBefore / 1e6, memoryAfter / 1e6));
		return new ScenarioResult(List.of(
				ResultLine.ratioAtLeast("reports per second in lists of commands, directly", "", linesPerSecond(direct),
						pgbench, 1),
				ResultLine.withoutBudget("reports per second in lists of commands, through the gateway", "",
						linesPerSecond(throughGateway), pgbench)),
				notes);
	}

	/** Every line must become an event: a refused one would be quicker. */
	private static void measure(Throughput throughput, LecternTarget lectern, int port, PositionReporters reporters,
			Duration length) throws IOException {
		long eventsBefore = lectern.database().eventCount();
		long responsesBefore = throughput.responses();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(port, reporters.listRequests(CONNECTIONS, LINES))) {
			throughput.measure(clients, length, lectern.processes());
		}
		long lines = (throughput.responses() - responsesBefore) * LINES;
		long events = lectern.database().eventCount() - eventsBefore;
		if (events < lines) {
			throw new IllegalStateException("Only " + events + " of " + lines + " reports are in the log");
		}
	}

	private static double linesPerSecond(Throughput lists) {
		return lists.successesPerSecond() * LINES;
	}

}
