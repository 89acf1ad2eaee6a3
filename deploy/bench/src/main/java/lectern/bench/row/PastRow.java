package lectern.bench.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.Request;
import lectern.bench.http.StreamReading;
import lectern.bench.peer.LecternDatabase;
import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.PlainReading;
import lectern.bench.peer.TokenSigner;
import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** A long reading as it was beside as it is, and a replay beside its rows. */
final class PastRow implements Row {

	private static final int LONG = 10_000;

	private static final int READINGS = 10;

	private static final int REQUESTS = 400;

	private static final int REPLAYS = 4;

	@Override
	public String name() {
		return "past";
	}

	@Override
	public String about() {
		return "a reading of 10,000 events as of its middle, beside now; a replay beside reading its rows";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		LecternPeer lectern = peers.newLectern();
		TokenSigner signer = lectern.database().addReaders(2);
		String reader = LecternDatabase.reader(0);
		UUID reading = UUID.randomUUID();
		long before = lectern.database().addReading(reader, reading, LONG);
		long began = System.nanoTime();
		for (int at = 0; at < READINGS; at++) {
			lectern.database().addReading(LecternDatabase.reader(1), UUID.randomUUID(), LONG);
		}
		while (!lectern.database().isShown()) {
			Pause.settle();
		}
		console.say(String.format(Locale.ROOT, "%,d events were added and shown within %.1f s", (READINGS + 1) * LONG,
				(System.nanoTime() - began) / 1e9));
		List<Result> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		String address = "/api/v1/readers/" + reader + "/readings/" + reading;
		Map<String, String> headers = Map.of("Authorization", "Bearer " + signer.token(reader));
		latencies(lectern, address, headers, before, results, notes, console);
		replays(lectern, signer, peers.settings().rounds(), results, notes, console);
		return new Outcome(results, notes);
	}

	private static void latencies(LecternPeer lectern, String address, Map<String, String> headers, long before,
			List<Result> results, List<String> notes, Console console) throws IOException {
		String middle = lectern.database().cursor(before + LONG / 2 + 50);
		List<Request> requests = List.of(Request.get(address, headers),
				Request.get(address + "?asOf=" + middle, headers),
				Request.get(address + "?axis=occurred&asOf=" + middle, headers),
				Request.get(address + "/history?limit=50", headers));
		List<Histogram> measured = List.of();
		try (HttpConnection connection = HttpConnection.to(lectern.progressPort())) {
			for (int round = 0; round < 3; round++) {
				// The first two warm the service up.
				measured = requests.stream().map((_) -> new Histogram()).toList();
				for (int request = 0; request < REQUESTS; request++) {
					for (int kind = 0; kind < requests.size(); kind++) {
						long sent = System.nanoTime();
						connection.exchange(requests.get(kind)).expectSuccess();
						measured.get(kind).record(System.nanoTime() - sent);
					}
				}
			}
		}
		List<Double> millis = measured.stream().map((one) -> one.quantile(0.5).toNanos() / 1e6).toList();
		results.add(Result.ratio("a reading of 10,000 events as of its middle, p50", "ms", millis.get(1), millis.get(0),
				10));
		results.add(Result.ratio("the same on the axis of what occurred, p50", "ms", millis.get(2), millis.get(0), 10));
		results.add(Result.reported("50 entries of its history, p50", "ms", millis.get(3), millis.get(0)));
		notes.add(
				"straight to the service, one after the other over one connection, %d of each, in turn; the reference is the state of now"
					.formatted(REQUESTS));
		console.say("p50 in ms: now, as of the middle, the same as it occurred, history: " + millis);
	}

	private static void replays(LecternPeer lectern, TokenSigner signer, int rounds, List<Result> results,
			List<String> notes, Console console) throws IOException {
		String reader = LecternDatabase.reader(1);
		Request replay = Request.get("/api/v1/readers/" + reader + "/replay?speed=max",
				Map.of("Authorization", "Bearer " + signer.token(reader)));
		double ours = 0;
		double plain = 0;
		try (PlainReading rows = lectern.database().plainReading(reader)) {
			for (int round = 0; round <= rounds; round++) {
				double played = rate(() -> StreamReading.read(lectern.progressPort(), replay));
				double read = rate(rows::read);
				console
					.say(String.format(Locale.ROOT, "round %d: replayed %,.0f/s, read %,.0f/s", round, played, read));
				// The first warms both up.
				ours += (round > 0) ? played / rounds : 0;
				plain += (round > 0) ? read / rounds : 0;
			}
		}
		results.add(Result.ratioAtLeast("events a second of a replay at speed=max", "", ours, plain, 0.5));
		notes.add(
				"%,d events, straight from the service; the reference is r2dbc-postgresql in the bench's own process, fetch size 256, rows not even decoded"
					.formatted(READINGS * LONG));
	}

	private static double rate(Play play) throws IOException {
		long began = System.nanoTime();
		long count = 0;
		for (int at = 0; at < REPLAYS; at++) {
			count += play.play();
		}
		if (count != (long) REPLAYS * READINGS * LONG) {
			throw new IllegalStateException("Only %,d events came".formatted(count));
		}
		return count / ((System.nanoTime() - began) / 1e9);
	}

	@FunctionalInterface
	private interface Play {

		long play() throws IOException;

	}

}
