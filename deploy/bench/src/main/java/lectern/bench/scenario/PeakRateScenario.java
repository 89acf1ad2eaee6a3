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
import lectern.bench.systems.BenchTarget;
import lectern.bench.systems.LecternTarget;

/** The shared stream at increasing rates, until the target cannot keep up. */
final class PeakRateScenario implements Scenario {

	/** The deliveries per second of the first step. */
	private static final double FIRST_DELIVERY_RATE = 25_000;

	private static final double RATE_FACTOR = 1.25;

	private static final int MAX_STEPS = 16;

	/** The lowest rate that is tried, in events per second. */
	private static final double MIN_EVENT_RATE = 0.4;

	@Override
	public String name() {
		return "peak";
	}

	@Override
	public String description() {
		return "shared stream: the highest rates that Lectern and nchan sustain";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.warmLectern();
		NavigableMap<Double, MeasurementWindow> ours = findPeak(lectern, settings, console);
		NavigableMap<Double, MeasurementWindow> reference = new TreeMap<>();
		BenchTarget bestReference = lectern;
		for (BenchTarget nchan : targets.startNchanVariants(FrameSize.measure(lectern, 1))) {
			NavigableMap<Double, MeasurementWindow> sustained = findPeak(nchan, settings, console);
			if (highestRate(sustained) > highestRate(reference) || reference.isEmpty()) {
				reference = sustained;
				bestReference = nchan;
			}
			targets.stop(nchan);
		}
		double common = Math.min(highestRate(ours), reference.isEmpty() ? Double.MAX_VALUE : highestRate(reference));
		List<ResultLine> results = new ArrayList<>();
		results.add(ResultLine.withoutBudget("shared stream: highest sustained rate", "events/s", highestRate(ours),
				reference.isEmpty() ? Double.NaN : highestRate(reference)));
		if (ours.floorKey(common) != null && reference.floorKey(common) != null) {
			results.add(ResultLine.withoutBudget("shared stream, highest common rate: CPU per delivery", "µs",
					windowAt(ours, common).cpuMicrosPerDelivery(lectern.measuredProcesses()),
					windowAt(reference, common).cpuMicrosPerDelivery(bestReference.measuredProcesses())));
			results.add(ResultLine.withoutBudget("shared stream, highest common rate: p99", "ms",
					windowAt(ours, common).p99Millis(), windowAt(reference, common).p99Millis()));
		}
		return new ScenarioResult(results, List
			.of("%,d subscribers; a rate is sustained if no event is lost, p99 is under 1 s, and one writer that waits for each response achieves the rate; %s"
				.formatted(settings.subscribers(),
						(bestReference == lectern) ? "no reference" : "the reference is " + bestReference.name())));
	}

	/** Return the measurements at all sustained rates, by rate. */
	private static NavigableMap<Double, MeasurementWindow> findPeak(BenchTarget target, BenchSettings settings,
			BenchConsole console) throws IOException {
		NavigableMap<Double, MeasurementWindow> sustained = new TreeMap<>();
		Duration length = settings.measurementTime().dividedBy(2);
		try (DeliverySession session = DeliverySession.open(target, settings)) {
			double rate = FIRST_DELIVERY_RATE / settings.subscribers();
			boolean decreasing = false;
			for (int step = 0; step < MAX_STEPS && rate > MIN_EVENT_RATE; step++) {
				MeasurementWindow window = session.measure(rate, 1, length);
				boolean keptUp = window.keepsUpWith(rate);
				console.printLine(String.format(Locale.ROOT, "%s at %.1f events/s %s: %s", target.name(), rate,
						keptUp ? "keeps up" : "falls behind", window.summary()));
				if (keptUp) {
					sustained.put(rate, window);
				}
				// If even the first rate is too high, decrease it until one is sustained.
				decreasing = decreasing || step == 0 && !keptUp;
				if (keptUp == decreasing) {
					break;
				}
				rate = decreasing ? rate / 2 : rate * RATE_FACTOR;
			}
		}
		return sustained;
	}

	/** Return the highest sustained rate; zero if there is none. */
	private static double highestRate(NavigableMap<Double, MeasurementWindow> sustained) {
		return sustained.isEmpty() ? 0 : sustained.lastKey();
	}

	private static MeasurementWindow windowAt(NavigableMap<Double, MeasurementWindow> sustained, double rate) {
		return sustained.floorEntry(rate).getValue();
	}

}
