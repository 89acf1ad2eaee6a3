package lectern.bench.scenario;

import java.io.IOException;
import java.util.List;

import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;

/** The shared stream with events that are committed ten at a time. */
final class BurstScenario implements Scenario {

	private static final int AT_ONCE = 10;

	@Override
	public String name() {
		return "burst";
	}

	@Override
	public String description() {
		return "shared stream, 10 events at a time (an import, 10 pipelined publishes): CPU a delivery, beside nchan";
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		Comparison measured = Comparison.measureAll(peers, AT_ONCE, console);
		return new ScenarioResult(List.of(ResultLine.ratio("shared stream, 10 events at a time: CPU a delivery", "µs",
				measured.lecternCpu(), measured.referenceCpu(), 0.3)), measured.notes());
	}

}
