package lectern.bench.scenario;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternDatabase;
import lectern.bench.systems.LecternTarget;

/** The rebuild of all projections of progress-service while it runs. */
final class ProjectionRebuildScenario implements Scenario {

	private static final int READINGS = 40;

	private static final int EVENTS = 10_000;

	@Override
	public String name() {
		return "rebuild";
	}

	@Override
	public String description() {
		return "rebuild of all projections of progress-service from 400,000 events";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		LecternTarget lectern = targets.newLectern();
		LecternDatabase database = lectern.database();
		for (int reading = 0; reading < READINGS; reading++) {
			database.addReading(LecternDatabase.readerHandle(reading), UUID.randomUUID(), EVENTS);
		}
		// The first build is also the warm-up of the service.
		double firstBuild = rate(database, console);
		database.dropProjections();
		// A new event wakes the projections, which then notice that they were deleted.
		database.addReading(LecternDatabase.readerHandle(0), UUID.randomUUID(), 1);
		double rebuild = rate(database, console);
		return new ScenarioResult(
				List.of(ResultLine.atLeast("rebuild of all projections, events per second", "", rebuild, 20_000)),
				List.of(String.format(Locale.ROOT, "%,d events, each processed by %s; first build: %,.0f/s",
						READINGS * EVENTS, database.projectionNames(), firstBuild)));
	}

	private static double rate(LecternDatabase database, BenchConsole console) throws IOException {
		long began = System.nanoTime();
		while (!database.projectionsAreUpToDate()) {
			SettleDelay.await();
		}
		double rate = READINGS * EVENTS / ((System.nanoTime() - began) / 1e9);
		console.printLine(String.format(Locale.ROOT, "All projections are up to date: %,.0f events/s", rate));
		return rate;
	}

}
