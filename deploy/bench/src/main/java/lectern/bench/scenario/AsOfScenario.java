package lectern.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.StreamEventCounter;
import lectern.bench.http.TextRequest;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.targets.EventRowReader;
import lectern.bench.targets.LecternDatabase;
import lectern.bench.targets.LecternTarget;
import lectern.bench.targets.TokenSigner;

/** A long reading as it was beside as it is, and a replay beside its rows. */
final class AsOfScenario implements Scenario {

	private static final int EVENTS_PER_READING = 10_000;

	private static final int READINGS = 10;

	private static final int REQUESTS = 400;

	private static final int REPLAYS = 4;

	@Override
	public String name() {
		return "past";
	}

	@Override
	public String description() {
		return "a reading of 10,000 events as of its middle, beside now; a replay beside reading its rows";
	}

	@Override
	public ScenarioResult measure(BenchTargets peers, BenchConsole console) throws IOException {
		LecternTarget lectern = peers.newLectern();
		TokenSigner signer = lectern.database().addReaders(2);
		String reader = LecternDatabase.readerHandle(0);
		UUID reading = UUID.randomUUID();
		long before = lectern.database().addReading(reader, reading, EVENTS_PER_READING);
		long began = System.nanoTime();
		for (int at = 0; at < READINGS; at++) {
			lectern.database().addReading(LecternDatabase.readerHandle(1), UUID.randomUUID(), EVENTS_PER_READING);
		}
		while (!lectern.database().currentReadingIsUpToDate()) {
			SettleDelay.await();
		}
		console.printLine(String.format(Locale.ROOT, "%,d events were added and shown within %.1f s",
				(READINGS + 1) * EVENTS_PER_READING, (System.nanoTime() - began) / 1e9));
		List<ResultLine> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		String address = "/api/v1/readers/" + reader + "/readings/" + reading;
		Map<String, String> headers = Map.of("Authorization", "Bearer " + signer.signToken(reader));
		measureLatencies(lectern, address, headers, before, results, notes, console);
		measureReplays(lectern, signer, peers.settings().rounds(), results, notes, console);
		return new ScenarioResult(results, notes);
	}

	private static void measureLatencies(LecternTarget lectern, String address, Map<String, String> headers,
			long before, List<ResultLine> results, List<String> notes, BenchConsole console) throws IOException {
		String middle = lectern.database().cursor(before + EVENTS_PER_READING / 2 + 50);
		List<TextRequest> requests = List.of(TextRequest.get(address, headers),
				TextRequest.get(address + "?asOf=" + middle, headers),
				TextRequest.get(address + "?axis=occurred&asOf=" + middle, headers),
				TextRequest.get(address + "/history?limit=50", headers));
		List<LatencyHistogram> measured = List.of();
		try (HttpConnection connection = HttpConnection.connect(lectern.progressPort())) {
			for (int round = 0; round < 3; round++) {
				// The first two warm the service up.
				measured = requests.stream().map((_) -> new LatencyHistogram()).toList();
				for (int request = 0; request < REQUESTS; request++) {
					for (int kind = 0; kind < requests.size(); kind++) {
						long sent = System.nanoTime();
						connection.exchange(requests.get(kind)).requireSuccess();
						measured.get(kind).record(System.nanoTime() - sent);
					}
				}
			}
		}
		List<Double> millis = measured.stream().map((one) -> one.quantile(0.5).toNanos() / 1e6).toList();
		results.add(ResultLine.ratio("a reading of 10,000 events as of its middle, p50", "ms", millis.get(1),
				millis.get(0), 10));
		results.add(
				ResultLine.ratio("the same on the axis of what occurred, p50", "ms", millis.get(2), millis.get(0), 10));
		results.add(ResultLine.withoutBudget("50 entries of its history, p50", "ms", millis.get(3), millis.get(0)));
		notes.add(
				"straight to the service, one after the other over one connection, %d of each, in turn; the reference is the state of now"
					.formatted(REQUESTS));
		console.printLine("p50 in ms: now, as of the middle, the same as it occurred, history: " + millis);
	}

	private static void measureReplays(LecternTarget lectern, TokenSigner signer, int rounds, List<ResultLine> results,
			List<String> notes, BenchConsole console) throws IOException {
		String reader = LecternDatabase.readerHandle(1);
		TextRequest replay = TextRequest.get("/api/v1/readers/" + reader + "/replay?speed=max",
				Map.of("Authorization", "Bearer " + signer.signToken(reader)));
		double ours = 0;
		double plain = 0;
		try (EventRowReader rows = lectern.database().eventRowReader(reader)) {
			for (int round = 0; round <= rounds; round++) {
				double played = rate(() -> StreamEventCounter.countEvents(lectern.progressPort(), replay));
				double read = rate(rows::countRows);
				console.printLine(
						String.format(Locale.ROOT, "round %d: replayed %,.0f/s, read %,.0f/s", round, played, read));
				// The first warms both up.
				ours += (round > 0) ? played / rounds : 0;
				plain += (round > 0) ? read / rounds : 0;
			}
		}
		results.add(ResultLine.ratioAtLeast("events a second of a replay at speed=max", "", ours, plain, 0.5));
		notes.add(
				"%,d events, straight from the service; the reference is r2dbc-postgresql in the bench's own process, fetch size 256, rows not even decoded"
					.formatted(READINGS * EVENTS_PER_READING));
	}

	private static double rate(CountingRead play) throws IOException {
		long began = System.nanoTime();
		long count = 0;
		for (int at = 0; at < REPLAYS; at++) {
			count += play.count();
		}
		if (count != (long) REPLAYS * READINGS * EVENTS_PER_READING) {
			throw new IllegalStateException("Only %,d events came".formatted(count));
		}
		return count / ((System.nanoTime() - began) / 1e9);
	}

	@FunctionalInterface
	private interface CountingRead {

		long count() throws IOException;

	}

}
