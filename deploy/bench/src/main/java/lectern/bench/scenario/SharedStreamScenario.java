package lectern.bench.scenario;

import java.io.IOException;
import java.util.List;

import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;

/** The shared stream at a steady rate. */
final class SharedStreamScenario implements Scenario {

	@Override
	public String name() {
		return "shared";
	}

	@Override
	public String description() {
		return "shared stream, 5 events/s: CPU a delivery and p99, beside nchan";
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		Comparison measured = Comparison.measureAll(peers, 1, console);
		return new ScenarioResult(List.of(
				ResultLine.ratio("shared stream, 5 events/s: CPU a delivery, gateway + service", "µs",
						measured.lecternCpu(), measured.referenceCpu(), 0.8),
				ResultLine.ratio("shared stream, 5 events/s: p99 from the write's request", "ms", measured.lecternP99(),
						measured.referenceP99(), 0.8),
				ResultLine.limit("shared stream, 5 events/s: p99 in itself", "ms", measured.lecternP99(),
						measured.referenceP99(), 100)),
				measured.notes());
	}

}
