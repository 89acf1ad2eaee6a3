package lectern.bench.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.Peer;

/**
 * Measures Lectern and its reference in turn, at the same rate with events of the same
 * size. Of the reference's variants the best one counts, for each measure by itself.
 */
final class Comparison {

	private final Peer ours;

	private final Map<Peer, Window> windows = new LinkedHashMap<>();

	private final List<String> notes = new ArrayList<>();

	private Comparison(Peer ours) {
		this.ours = ours;
	}

	static Comparison of(Peers peers, int atOnce, Console console) throws IOException {
		Settings settings = peers.settings();
		LecternPeer lectern = peers.warmLectern();
		int frame = FrameSize.of(lectern, atOnce);
		Comparison comparison = new Comparison(lectern);
		List<Peer> references = peers.nchans(frame);
		List<Peer> all = new ArrayList<>(List.of(lectern));
		all.addAll(references);
		for (int round = 1; round <= settings.rounds(); round++) {
			for (Peer peer : all) {
				Window window = measure(peer, settings, atOnce);
				console.say("round %d: %s: %s".formatted(round, peer.name(), window.summary()));
				comparison.windows.merge(peer, window, Window::plus);
			}
		}
		comparison.note(settings, frame);
		for (Peer reference : references) {
			peers.stop(reference);
		}
		return comparison;
	}

	private static Window measure(Peer peer, Settings settings, int atOnce) throws IOException {
		try (Session session = Session.open(peer, settings)) {
			// What connecting left to do is done before it counts.
			session.run(Settings.RATE, atOnce, settings.length().dividedBy(5));
			return session.run(Settings.RATE, atOnce, settings.length());
		}
	}

	private void note(Settings settings, int frame) {
		this.notes.add("%,d subscribers, %d bytes an event on the wire, %d times %d s each in turn"
			.formatted(settings.subscribers(), frame, settings.rounds(), settings.length().toSeconds()));
		this.windows.forEach((peer, window) -> this.notes.add(peer.name() + ": " + window.summary()));
		boolean whole = this.windows.values().stream().allMatch((w) -> w.missing() == 0 && w.disorders() == 0);
		this.notes.add(whole ? "every subscriber got every event once and in order"
				: "NOT every subscriber got every event once and in order");
	}

	double oursCpu() {
		return cpu(this.ours);
	}

	double oursP99() {
		return window(this.ours).p99Millis();
	}

	double referenceCpu() {
		return best(this::cpu);
	}

	double referenceP99() {
		return best((peer) -> window(peer).p99Millis());
	}

	private double cpu(Peer peer) {
		return window(peer).cpuMicros(peer.counted());
	}

	private Window window(Peer peer) {
		return this.windows.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() == peer)
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseThrow();
	}

	private double best(ToDoubleFunction<Peer> measure) {
		return this.windows.keySet()
			.stream()
			.filter((peer) -> peer != this.ours)
			.map(measure::applyAsDouble)
			.min(Comparator.naturalOrder())
			.orElse(Double.NaN);
	}

	List<String> notes() {
		return this.notes;
	}

}
