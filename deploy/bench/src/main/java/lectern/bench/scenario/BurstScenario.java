package lectern.bench.scenario;

import java.io.IOException;
import java.util.List;

import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;

/** The shared stream with events that are committed in groups of ten. */
final class BurstScenario implements Scenario {

	private static final int EVENTS_PER_BURST = 10;

	@Override
	public String name() {
		return "burst";
	}

	@Override
	public String description() {
		return "shared stream, bursts of 10 events (one import; 10 pipelined publishes): CPU, compared with nchan";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		Comparison comparison = Comparison.measureAll(targets, EVENTS_PER_BURST, console);
		return new ScenarioResult(List.of(ResultLine.ratio("shared stream, bursts of 10 events: CPU per delivery", "µs",
				comparison.lecternCpu(), comparison.referenceCpu(), 0.3)), comparison.notes());
	}

}
