package lectern.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternFolder;
import lectern.bench.systems.LecternTarget;

/**
 * What a start costs, with AOT caches and without: the time until Lectern is ready, and
 * what reports and deliveries cost soon afterwards. All starts have one data folder.
 */
final class WarmUpScenario implements Scenario {

	private static final double MAX_READY_SECONDS = 15;

	private static final double MAX_MEGABYTES = 900;

	private static final double MAX_IDLE_PERCENT = 2;

	private static final double MAX_EARLY_COST = 1.5;

	@Override
	public String name() {
		return "warm";
	}

	@Override
	public String description() {
		return "time to ready, and CPU of reports and deliveries soon after a start, with AOT caches and without";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		targets.close();
		try (LecternFolder folder = LecternFolder.create()) {
			console.printLine("Training ...");
			folder.train(settings.root(), settings.javaOptions());
			LecternTarget first = targets.newLectern(folder, folder.noCaches());
			PositionReporters reporters = PositionReporters.of(first, WarmUpRuns.REPORTERS);
			WarmUpRuns without = new WarmUpRuns("without caches");
			WarmUpRuns with = new WarmUpRuns("with caches");
			for (int round = 1; round <= settings.rounds(); round++) {
				measure(without, folder, folder.noCaches(), targets, reporters);
				console.printLine("round " + round + ": " + without.summary());
				measure(with, folder, folder.caches(), targets, reporters);
				console.printLine("round " + round + ": " + with.summary());
			}
			targets.close();
			return new ScenarioResult(lines(with, without), List.of(with.summary(), without.summary(),
					"\"steady\" is after the first minute and the time of the warm-up; the cost of the compiler counts"));
		}
	}

	/** Each measurement has a start of its own. */
	private static void measure(WarmUpRuns runs, LecternFolder folder, Path caches, BenchTargets targets,
			PositionReporters reporters) throws IOException {
		BenchSettings settings = targets.settings();
		runs.measureReports(targets.newLectern(folder, caches), reporters, settings);
		runs.measureDeliveries(targets.newLectern(folder, caches), settings);
		runs.measureIdle(targets.newLectern(folder, caches), settings);
	}

	private static List<ResultLine> lines(WarmUpRuns with, WarmUpRuns without) {
		Stream<ResultLine> start = Stream.of(
				ResultLine.limit("start with AOT caches, compared with none: ready", "s", with.readySeconds(),
						without.readySeconds(), MAX_READY_SECONDS),
				ResultLine.limit("start with AOT caches, compared with none: memory of all processes", "MB",
						with.megabytes(), without.megabytes(), MAX_MEGABYTES),
				ResultLine.limit("start with AOT caches, compared with none: CPU while idle, of a core", "%",
						with.idlePercent(), without.idlePercent(), MAX_IDLE_PERCENT),
				ResultLine.withoutBudget("start with AOT caches, compared with none: CPU of all processes", "s",
						with.startCpuSeconds(), without.startCpuSeconds()),
				ResultLine.ratio("start with AOT caches: CPU of a report from second 10 on, compared with steady", "µs",
						with.reportCpu(1), with.reportCpu(WarmUpRuns.STEADY), MAX_EARLY_COST));
		Stream<ResultLine> windows = Stream.of(0, 1, 2, WarmUpRuns.STEADY).flatMap((window) -> {
			String when = String.format(Locale.ROOT, "%s: CPU of a %%s, with AOT caches, compared with none",
					WarmUpRuns.WINDOWS.get(window));
			return Stream.of(
					ResultLine.withoutBudget(when.formatted("report"), "µs", with.reportCpu(window),
							without.reportCpu(window)),
					ResultLine.withoutBudget(when.formatted("delivery"), "µs", with.deliveryCpu(window),
							without.deliveryCpu(window)));
		});
		return Stream.concat(start, windows).toList();
	}

}
