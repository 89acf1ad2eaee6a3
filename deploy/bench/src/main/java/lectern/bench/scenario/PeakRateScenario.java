package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.targets.BenchTarget;
import lectern.bench.targets.LecternTarget;

/** The shared stream at ever higher rates, until deliveries fall behind. */
final class PeakRateScenario implements Scenario {

	/** Deliveries a second of the first step. */
	private static final double FIRST_DELIVERY_RATE = 25_000;

	private static final double RATE_FACTOR = 1.25;

	private static final int MAX_STEPS = 16;

	/** Events a second below which it is called off. */
	private static final double MIN_EVENT_RATE = 0.4;

	@Override
	public String name() {
		return "peak";
	}

	@Override
	public String description() {
		return "shared stream, the highest rate that Lectern and nchan both keep up with";
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		BenchSettings settings = peers.settings();
		LecternTarget lectern = peers.warmLectern();
		NavigableMap<Double, MeasurementWindow> ours = findPeak(lectern, settings, console);
		NavigableMap<Double, MeasurementWindow> reference = new TreeMap<>();
		BenchTarget best = lectern;
		for (BenchTarget nchan : peers.startNchanVariants(FrameSize.measure(lectern, 1))) {
			NavigableMap<Double, MeasurementWindow> climbed = findPeak(nchan, settings, console);
			if (highestRate(climbed) > highestRate(reference) || reference.isEmpty()) {
				reference = climbed;
				best = nchan;
			}
			peers.stop(nchan);
		}
		double both = Math.min(highestRate(ours), reference.isEmpty() ? Double.MAX_VALUE : highestRate(reference));
		List<ResultLine> results = new ArrayList<>();
		results.add(ResultLine.withoutBudget("shared stream: highest rate kept up with", "events/s", highestRate(ours),
				reference.isEmpty() ? Double.NaN : highestRate(reference)));
		if (ours.floorKey(both) != null && reference.floorKey(both) != null) {
			results.add(ResultLine.withoutBudget("shared stream, highest rate of both: CPU a delivery", "µs",
					windowAt(ours, both).cpuMicrosPerDelivery(lectern.measuredProcesses()),
					windowAt(reference, both).cpuMicrosPerDelivery(best.measuredProcesses())));
			results.add(ResultLine.withoutBudget("shared stream, highest rate of both: p99", "ms",
					windowAt(ours, both).p99Millis(), windowAt(reference, both).p99Millis()));
		}
		return new ScenarioResult(results, List
			.of("%,d subscribers; kept up means nothing lost, p99 under a second and one writer, who waits for each answer, on time; %s"
				.formatted(settings.subscribers(),
						(best == lectern) ? "no reference" : "the reference is " + best.name())));
	}

	private static NavigableMap<Double, MeasurementWindow> findPeak(BenchTarget peer, BenchSettings settings,
			BenchConsole console) throws IOException {
		NavigableMap<Double, MeasurementWindow> kept = new TreeMap<>();
		Duration length = settings.measurementTime().dividedBy(2);
		try (DeliverySession session = DeliverySession.open(peer, settings)) {
			double rate = FIRST_DELIVERY_RATE / settings.subscribers();
			boolean down = false;
			for (int step = 0; step < MAX_STEPS && rate > MIN_EVENT_RATE; step++) {
				MeasurementWindow window = session.measure(rate, 1, length);
				boolean keptUp = window.keepsUpWith(rate);
				console.printLine(String.format(Locale.ROOT, "%s at %.1f events/s %s: %s", peer.name(), rate,
						keptUp ? "keeps up" : "falls behind", window.summary()));
				if (keptUp) {
					kept.put(rate, window);
				}
				// The first step can be too high already: then it goes down until one is
				// not.
				down = down || step == 0 && !keptUp;
				if (keptUp == down) {
					break;
				}
				rate = down ? rate / 2 : rate * RATE_FACTOR;
			}
		}
		return kept;
	}

	/** The highest rate kept up with; zero if none was. */
	private static double highestRate(NavigableMap<Double, MeasurementWindow> kept) {
		return kept.isEmpty() ? 0 : kept.lastKey();
	}

	private static MeasurementWindow windowAt(NavigableMap<Double, MeasurementWindow> kept, double rate) {
		return kept.floorEntry(rate).getValue();
	}

}
