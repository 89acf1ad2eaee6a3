package lectern.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import lectern.bench.targets.BenchTarget;
import lectern.bench.targets.LecternTarget;

/**
 * Measures Lectern and its reference in turn, at the same rate with events of the same
 * size. Of the reference's variants the best one counts, for each measure by itself.
 */
final class Comparison {

	private final BenchTarget lectern;

	private final Map<BenchTarget, MeasurementWindow> windows = new LinkedHashMap<>();

	private final List<String> notes = new ArrayList<>();

	private Comparison(BenchTarget ours) {
		this.lectern = ours;
	}

	static Comparison measureAll(BenchTargets peers, int atOnce, BenchConsole console) throws IOException {
		BenchSettings settings = peers.settings();
		LecternTarget lectern = peers.warmLectern();
		int frame = FrameSize.measure(lectern, atOnce);
		Comparison comparison = new Comparison(lectern);
		List<BenchTarget> references = peers.startNchanVariants(frame);
		List<BenchTarget> all = new ArrayList<>(List.of(lectern));
		all.addAll(references);
		for (int round = 1; round <= settings.rounds(); round++) {
			for (BenchTarget peer : all) {
				MeasurementWindow window = measure(peer, settings, atOnce);
				console.printLine("round %d: %s: %s".formatted(round, peer.name(), window.summary()));
				comparison.windows.merge(peer, window, MeasurementWindow::merge);
			}
		}
		comparison.addNotes(settings, frame);
		for (BenchTarget reference : references) {
			peers.stop(reference);
		}
		return comparison;
	}

	private static MeasurementWindow measure(BenchTarget peer, BenchSettings settings, int atOnce) throws IOException {
		try (DeliverySession session = DeliverySession.open(peer, settings)) {
			// What connecting left to do is done before it counts.
			session.measure(BenchSettings.EVENTS_PER_SECOND, atOnce, settings.measurementTime().dividedBy(5));
			return session.measure(BenchSettings.EVENTS_PER_SECOND, atOnce, settings.measurementTime());
		}
	}

	private void addNotes(BenchSettings settings, int frame) {
		this.notes.add("%,d subscribers, %d bytes an event on the wire, %d times %d s each in turn"
			.formatted(settings.subscribers(), frame, settings.rounds(), settings.measurementTime().toSeconds()));
		this.windows.forEach((peer, window) -> this.notes.add(peer.name() + ": " + window.summary()));
		boolean whole = this.windows.values().stream().allMatch((w) -> w.missing() == 0 && w.outOfOrder() == 0);
		this.notes.add(whole ? "every subscriber got every event once and in order"
				: "NOT every subscriber got every event once and in order");
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
		return best((peer) -> window(peer).p99Millis());
	}

	private double cpu(BenchTarget peer) {
		return window(peer).cpuMicrosPerDelivery(peer.measuredProcesses());
	}

	private MeasurementWindow window(BenchTarget peer) {
		return this.windows.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() == peer)
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseThrow();
	}

	private double best(ToDoubleFunction<BenchTarget> measure) {
		return this.windows.keySet()
			.stream()
			.filter((peer) -> peer != this.lectern)
			.map(measure::applyAsDouble)
			.min(Comparator.naturalOrder())
			.orElse(Double.NaN);
	}

	List<String> notes() {
		return this.notes;
	}

}
