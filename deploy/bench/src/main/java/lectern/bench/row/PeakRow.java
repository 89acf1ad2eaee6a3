package lectern.bench.row;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.Peer;
import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** The shared stream at ever higher rates, until deliveries fall behind. */
final class PeakRow implements Row {

	/** Deliveries a second of the first step. */
	private static final double FIRST = 25_000;

	private static final double STEP = 1.25;

	private static final int STEPS = 16;

	/** Events a second below which it is called off. */
	private static final double LOWEST = 0.4;

	@Override
	public String name() {
		return "peak";
	}

	@Override
	public String about() {
		return "shared stream, the highest rate that Lectern and nchan both keep up with";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		Settings settings = peers.settings();
		LecternPeer lectern = peers.warmLectern();
		NavigableMap<Double, Window> ours = climb(lectern, settings, console);
		NavigableMap<Double, Window> reference = new TreeMap<>();
		Peer best = lectern;
		for (Peer nchan : peers.nchans(FrameSize.of(lectern, 1))) {
			NavigableMap<Double, Window> climbed = climb(nchan, settings, console);
			if (highest(climbed) > highest(reference) || reference.isEmpty()) {
				reference = climbed;
				best = nchan;
			}
			peers.stop(nchan);
		}
		double both = Math.min(highest(ours), reference.isEmpty() ? Double.MAX_VALUE : highest(reference));
		List<Result> results = new ArrayList<>();
		results.add(Result.reported("shared stream: highest rate kept up with", "events/s", highest(ours),
				reference.isEmpty() ? Double.NaN : highest(reference)));
		if (ours.floorKey(both) != null && reference.floorKey(both) != null) {
			results.add(Result.reported("shared stream, highest rate of both: CPU a delivery", "µs",
					at(ours, both).cpuMicros(lectern.counted()), at(reference, both).cpuMicros(best.counted())));
			results.add(Result.reported("shared stream, highest rate of both: p99", "ms", at(ours, both).p99Millis(),
					at(reference, both).p99Millis()));
		}
		return new Outcome(results, List
			.of("%,d subscribers; kept up means nothing lost, p99 under a second and one writer, who waits for each answer, on time; %s"
				.formatted(settings.subscribers(),
						(best == lectern) ? "no reference" : "the reference is " + best.name())));
	}

	private static NavigableMap<Double, Window> climb(Peer peer, Settings settings, Console console)
			throws IOException {
		NavigableMap<Double, Window> kept = new TreeMap<>();
		Duration length = settings.length().dividedBy(2);
		try (Session session = Session.open(peer, settings)) {
			double rate = FIRST / settings.subscribers();
			boolean down = false;
			for (int step = 0; step < STEPS && rate > LOWEST; step++) {
				Window window = session.run(rate, 1, length);
				boolean keptUp = window.keptUp(rate);
				console.say(String.format(Locale.ROOT, "%s at %.1f events/s %s: %s", peer.name(), rate,
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
				rate = down ? rate / 2 : rate * STEP;
			}
		}
		return kept;
	}

	/** The highest rate kept up with; zero if none was. */
	private static double highest(NavigableMap<Double, Window> kept) {
		return kept.isEmpty() ? 0 : kept.lastKey();
	}

	private static Window at(NavigableMap<Double, Window> kept, double rate) {
		return kept.floorEntry(rate).getValue();
	}

}
