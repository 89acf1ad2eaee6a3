package lectern.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import lectern.bench.systems.BenchTarget;
import lectern.bench.systems.LecternTarget;

/**
 * Measures Lectern and its reference in turn, with the same rate and size of events. For
 * each quantity the best variant of the reference counts.
 */
final class Comparison {

	private final BenchTarget lectern;

	private final Map<BenchTarget, MeasurementWindow> windows = new LinkedHashMap<>();

	private final List<String> notes = new ArrayList<>();

	private Comparison(BenchTarget lectern) {
		this.lectern = lectern;
	}

	/**
	 * Measure all targets.
	 * @param burst the number of events that are written together
	 */
	static Comparison measureAll(BenchTargets targets, int burst, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.warmLectern();
		int eventBytes = FrameSize.measure(lectern, burst);
		Comparison comparison = new Comparison(lectern);
		List<BenchTarget> references = targets.startNchanVariants(eventBytes);
		List<BenchTarget> all = new ArrayList<>(List.of(lectern));
		all.addAll(references);
		for (int round = 1; round <= settings.rounds(); round++) {
			for (BenchTarget target : all) {
				MeasurementWindow window = measure(target, settings, burst);
				console.printLine("round %d: %s: %s".formatted(round, target.name(), window.summary()));
				comparison.windows.merge(target, window, MeasurementWindow::merge);
			}
		}
		comparison.addNotes(settings, eventBytes);
		for (BenchTarget reference : references) {
			targets.stop(reference);
		}
		return comparison;
	}

	private static MeasurementWindow measure(BenchTarget target, BenchSettings settings, int burst) throws IOException {
		try (DeliverySession session = DeliverySession.open(target, settings)) {
			// The first events absorb work left over from connecting; they do not count.
			session.measure(BenchSettings.EVENTS_PER_SECOND, burst, settings.measurementTime().dividedBy(5));
			return session.measure(BenchSettings.EVENTS_PER_SECOND, burst, settings.measurementTime());
		}
	}

	private void addNotes(BenchSettings settings, int eventBytes) {
		this.notes.add("%,d subscribers, %d bytes per event on the wire, %d rounds of %d s per target, alternating"
			.formatted(settings.subscribers(), eventBytes, settings.rounds(), settings.measurementTime().toSeconds()));
		this.windows.forEach((target, window) -> this.notes.add(target.name() + ": " + window.summary()));
		boolean complete = this.windows.values().stream().allMatch((w) -> w.missing() == 0 && w.outOfOrder() == 0);
		this.notes.add(complete ? "every subscriber received every event once and in order"
				: "NOT every subscriber received every event once and in order");
	}

	double lecternCpu() {
		return cpu(this.lectern);
	}

	double lecternP99() {
		return window(this.lectern).p99Millis();
	}

	double referenceCpu() {
		return best(this::cpu);
	}

	double referenceP99() {
		return best((target) -> window(target).p99Millis());
	}

	private double cpu(BenchTarget target) {
		return window(target).cpuMicrosPerDelivery(target.measuredProcesses());
	}

	private MeasurementWindow window(BenchTarget target) {
		return this.windows.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() == target)
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseThrow();
	}

	private double best(ToDoubleFunction<BenchTarget> measure) {
		return this.windows.keySet()
			.stream()
			.filter((target) -> target != this.lectern)
			.map(measure::applyAsDouble)
			.min(Comparator.naturalOrder())
			.orElse(Double.NaN);
	}

	List<String> notes() {
		return this.notes;
	}

}
