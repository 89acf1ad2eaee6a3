package lectern.bench.row;

import java.io.IOException;
import java.util.List;

import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** The shared stream at a steady rate. */
final class SharedRow implements Row {

	@Override
	public String name() {
		return "shared";
	}

	@Override
	public String about() {
		return "shared stream, 5 events/s: CPU a delivery and p99, beside nchan";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		Comparison measured = Comparison.of(peers, 1, console);
		return new Outcome(List.of(
				Result.ratio("shared stream, 5 events/s: CPU a delivery, gateway + service", "µs", measured.oursCpu(),
						measured.referenceCpu(), 0.8),
				Result.ratio("shared stream, 5 events/s: p99 from the write's request", "ms", measured.oursP99(),
						measured.referenceP99(), 0.8),
				Result.limit("shared stream, 5 events/s: p99 in itself", "ms", measured.oursP99(),
						measured.referenceP99(), 100)),
				measured.notes());
	}

}
