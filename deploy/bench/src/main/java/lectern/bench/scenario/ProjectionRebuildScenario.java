package lectern.bench.scenario;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.targets.LecternDatabase;
import lectern.bench.targets.LecternTarget;

/** All views of progress-service dropped and built anew while it serves. */
final class ProjectionRebuildScenario implements Scenario {

	private static final int READINGS = 40;

	private static final int EVENTS = 10_000;

	@Override
	public String name() {
		return "rebuild";
	}

	@Override
	public String description() {
		return "all views of progress-service dropped and built anew from 400,000 events";
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		LecternTarget lectern = peers.newLectern();
		LecternDatabase database = lectern.database();
		for (int reading = 0; reading < READINGS; reading++) {
			database.addReading(LecternDatabase.readerHandle(reading), UUID.randomUUID(), EVENTS);
		}
		// Built for the first time, which warms the service up.
		double first = rate(database, console);
		database.dropProjections();
		// One more is noticed at once, and with it that the views are gone.
		database.addReading(LecternDatabase.readerHandle(0), UUID.randomUUID(), 1);
		double again = rate(database, console);
		return new ScenarioResult(
				List.of(ResultLine.atLeast("rebuild of all projections, events a second", "", again, 20_000)),
				List.of(String.format(Locale.ROOT, "%,d events, each taken in by %s; built for the first time: %,.0f/s",
						READINGS * EVENTS, database.projectionNames(), first)));
	}

	private static double rate(LecternDatabase database, BenchConsole console) throws IOException {
		long began = System.nanoTime();
		while (!database.projectionsAreUpToDate()) {
			SettleDelay.await();
		}
		double rate = READINGS * EVENTS / ((System.nanoTime() - began) / 1e9);
		console.printLine(String.format(Locale.ROOT, "All views show all: %,.0f events/s", rate));
		return rate;
	}

}
