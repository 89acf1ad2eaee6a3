package lectern.bench.scenario;

import java.util.List;

/** All rows, in the order of the table. */
public final class Scenarios {

	/** Those that need a new Lectern come last: it ends the warm one. */
	public static final List<Scenario> ALL = List.of(new SharedStreamScenario(), new BurstScenario(),
			new PeakRateScenario(), new IdleMemoryScenario(), new PrivateStreamScenario(), new PositionReportScenario(),
			new AsOfScenario(), new ProjectionRebuildScenario(), new SearchScenario(), new ImportScenario(),
			new ForecastScenario());

	private Scenarios() {
	}

}
