package lectern.bench.row;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import lectern.bench.crowd.Counts;
import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.Listener;
import lectern.bench.crowd.Plan;
import lectern.bench.crowd.StreamRequest;
import lectern.bench.peer.LecternDatabase;
import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.TokenSigner;
import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** Private streams through the gateway, each of a reader of its own. */
final class PrivateRow implements Row {

	private static final Duration OPENING = Duration.ofSeconds(120);

	private static final List<String> COUNTED = List.of(LecternPeer.GATEWAY, LecternPeer.PROGRESS);

	/** Slower than to a shared stream: every token is checked. */
	private static final int PACE = 500;

	@Override
	public String name() {
		return "private";
	}

	@Override
	public String about() {
		return "private streams through the gateway, each its own reader: all open, descriptors, memory";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		Settings settings = peers.settings();
		int readers = settings.subscribers();
		LecternPeer lectern = peers.newLectern();
		console.say("Adding %,d readers and signing their tokens ...".formatted(readers));
		TokenSigner signer = lectern.database().addReaders(readers);
		List<StreamRequest> requests = IntStream.range(0, readers)
			.mapToObj(LecternDatabase::reader)
			.map((reader) -> StreamRequest.of("/api/v1/readers/" + reader + "/events", signer.token(reader)))
			.toList();
		Plan plan = Plan.of(lectern.port(), readers, "")
			.withRequest(requests::get)
			.withPerAddress(settings.perAddress())
			.withPace(PACE);
		openAndClose(new Plan(plan.port(), Math.min(readers, 100), plan.request(), plan.appetite(), plan.perAddress(),
				plan.pace(), plan.threads(), false));
		return measure(lectern, plan, console);
	}

	/** What the first of all need is not counted. */
	private static void openAndClose(Plan few) {
		try (Crowd crowd = Crowd.open(few, Listener.none())) {
			crowd.awaitOpen(few.subscribers(), OPENING);
		}
	}

	private static Outcome measure(LecternPeer lectern, Plan plan, Console console) throws IOException {
		long before = memory(lectern);
		try (Crowd crowd = Crowd.open(plan, Listener.none())) {
			boolean all = crowd.awaitOpen(plan.subscribers(), OPENING);
			Pause.settle();
			Counts counts = crowd.counts();
			console.say((all ? "All are open: " : "Not all are open: ") + counts);
			double kilobytes = (memory(lectern) - before) / 1024.0 / Math.max(counts.open(), 1);
			Map<String, Integer> descriptors = descriptors(lectern);
			int most = descriptors.values().stream().mapToInt(Integer::intValue).max().orElse(0);
			List<String> notes = new ArrayList<>();
			notes.add("descriptors open at most in a process: " + descriptors);
			notes.add("answers by status: " + counts.statuses());
			return new Outcome(List.of(
					Result.atLeast("private streams through the gateway: open", "", counts.open(), plan.subscribers()),
					Result.limit("private streams: descriptors of the process with the most", "", most, Double.NaN,
							20_000),
					Result.limit("private streams: memory each, gateway + service", "KB", kilobytes, Double.NaN, 30)),
					notes);
		}
	}

	private static long memory(LecternPeer lectern) throws IOException {
		lectern.collectGarbage();
		return lectern.processes()
			.entrySet()
			.stream()
			.filter((entry) -> COUNTED.contains(entry.getKey()))
			.mapToLong((entry) -> entry.getValue().memory())
			.sum();
	}

	private static Map<String, Integer> descriptors(LecternPeer lectern) throws IOException {
		Map<String, Integer> all = new LinkedHashMap<>();
		lectern.processes().forEach((name, processes) -> all.put(name, processes.descriptors()));
		return all;
	}

}
