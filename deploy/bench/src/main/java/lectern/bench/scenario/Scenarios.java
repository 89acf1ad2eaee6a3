package lectern.bench.scenario;

import java.util.List;

/** All scenarios. */
public final class Scenarios {

	/**
	 * In the order of execution: scenarios that start a new Lectern are last, because
	 * that stops the warmed-up one.
	 */
	public static final List<Scenario> ALL = List.of(new SharedStreamScenario(), new BurstScenario(),
			new PeakRateScenario(), new IdleMemoryScenario(), new PrivateStreamScenario(), new PositionReportScenario(),
			new CommandListScenario(), new SignInFloodScenario(), new RelayScenario(), new OverloadScenario(),
			new OutageScenario(), new MonitoringCostScenario(), new SoakScenario(), new AsOfScenario(),
			new ProjectionRebuildScenario(), new SearchScenario(), new ImportScenario(), new WarmUpScenario(),
			new ForecastScenario());

	private Scenarios() {
	}

}
