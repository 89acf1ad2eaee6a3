package lectern.bench.row;

import java.io.IOException;
import java.util.List;

import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** The shared stream with events that are committed ten at a time. */
final class BurstRow implements Row {

	private static final int AT_ONCE = 10;

	@Override
	public String name() {
		return "burst";
	}

	@Override
	public String about() {
		return "shared stream, 10 events at a time (an import, 10 pipelined publishes): CPU a delivery, beside nchan";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		Comparison measured = Comparison.of(peers, AT_ONCE, console);
		return new Outcome(List.of(Result.ratio("shared stream, 10 events at a time: CPU a delivery", "µs",
				measured.oursCpu(), measured.referenceCpu(), 0.3)), measured.notes());
	}

}
