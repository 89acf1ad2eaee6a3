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
		return "shared stream, 5 events/s: CPU per delivery and p99, compared with nchan";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		Comparison comparison = Comparison.measureAll(targets, 1, console);
		return new ScenarioResult(List.of(
				ResultLine.ratio("shared stream, 5 events/s: CPU per delivery, gateway + service", "µs",
						comparison.lecternCpu(), comparison.referenceCpu(), 0.8),
				ResultLine.ratio("shared stream, 5 events/s: p99 from the request of the write", "ms",
						comparison.lecternP99(), comparison.referenceP99(), 0.8),
				ResultLine.limit("shared stream, 5 events/s: p99, absolute limit", "ms", comparison.lecternP99(),
						comparison.referenceP99(), 100)),
				comparison.notes());
	}

}
