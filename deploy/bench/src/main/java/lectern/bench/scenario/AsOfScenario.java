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
import lectern.bench.systems.EventRowReader;
import lectern.bench.systems.LecternDatabase;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.TokenSigner;

/**
 * The latency of a past state of a long reading compared with its current state, and the
 * throughput of a replay compared with reading its rows.
 */
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
		return "past state of a 10,000-event reading, compared with its current state; replay, compared with its rows";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		LecternTarget lectern = targets.newLectern();
		TokenSigner signer = lectern.database().addReaders(2);
		String reader = LecternDatabase.readerHandle(0);
		UUID reading = UUID.randomUUID();
		long positionBefore = lectern.database().addReading(reader, reading, EVENTS_PER_READING);
		long began = System.nanoTime();
		for (int i = 0; i < READINGS; i++) {
			lectern.database().addReading(LecternDatabase.readerHandle(1), UUID.randomUUID(), EVENTS_PER_READING);
		}
		while (!lectern.database().currentReadingIsUpToDate()) {
			SettleDelay.await();
		}
		console.printLine(String.format(Locale.ROOT, "%,d events were added and projected within %.1f s",
				(READINGS + 1) * EVENTS_PER_READING, (System.nanoTime() - began) / 1e9));
		List<ResultLine> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		String path = "/api/v1/readers/" + reader + "/readings/" + reading;
		Map<String, String> headers = Map.of("Authorization", "Bearer " + signer.signToken(reader));
		measureLatencies(lectern, path, headers, positionBefore, results, notes, console);
		measureReplays(lectern, signer, targets.settings().rounds(), results, notes, console);
		return new ScenarioResult(results, notes);
	}

	private static void measureLatencies(LecternTarget lectern, String path, Map<String, String> headers,
			long positionBefore, List<ResultLine> results, List<String> notes, BenchConsole console)
			throws IOException {
		String middle = lectern.database().cursor(positionBefore + EVENTS_PER_READING / 2 + 50);
		List<TextRequest> requests = List.of(TextRequest.get(path, headers),
				TextRequest.get(path + "?asOf=" + middle, headers),
				TextRequest.get(path + "?axis=occurred&asOf=" + middle, headers),
				TextRequest.get(path + "/history?limit=50", headers));
		List<LatencyHistogram> measured = List.of();
		try (HttpConnection connection = HttpConnection.connect(lectern.progressPort())) {
			for (int round = 0; round < 3; round++) {
				// The first two rounds are warm-up.
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
		List<Double> millis = measured.stream().map((latency) -> latency.quantileMillis(0.5)).toList();
		results.add(
				ResultLine.ratio("10,000-event reading as of its middle: p50", "ms", millis.get(1), millis.get(0), 10));
		results.add(ResultLine.ratio("10,000-event reading as of its middle, by event time: p50", "ms", millis.get(2),
				millis.get(0), 10));
		results.add(ResultLine.withoutBudget("10,000-event reading, 50 entries of its history: p50", "ms",
				millis.get(3), millis.get(0)));
		notes.add(
				"%d sequential requests of each kind, alternating, over one connection directly to progress-service; the reference is the current state"
					.formatted(REQUESTS));
		console
			.printLine("p50 in ms of the current state, the past state, the past state by event time, and the history: "
					+ millis);
	}

	private static void measureReplays(LecternTarget lectern, TokenSigner signer, int rounds, List<ResultLine> results,
			List<String> notes, BenchConsole console) throws IOException {
		String reader = LecternDatabase.readerHandle(1);
		TextRequest replay = TextRequest.get("/api/v1/readers/" + reader + "/replay?speed=max",
				Map.of("Authorization", "Bearer " + signer.signToken(reader)));
		double ours = 0;
		double reference = 0;
		try (EventRowReader rows = lectern.database().eventRowReader(reader)) {
			for (int round = 0; round <= rounds; round++) {
				double replayed = rate(() -> StreamEventCounter.countEvents(lectern.progressPort(), replay));
				double read = rate(rows::countRows);
				console.printLine(
						String.format(Locale.ROOT, "round %d: replayed %,.0f/s, read %,.0f/s", round, replayed, read));
				// The first round is warm-up.
				ours += (round > 0) ? replayed / rounds : 0;
				reference += (round > 0) ? read / rounds : 0;
			}
		}
		results.add(ResultLine.ratioAtLeast("replay at speed=max, events per second", "", ours, reference, 0.5));
		notes.add(
				"%,d events, directly from progress-service; the reference is r2dbc-postgresql in the bench's own process with fetch size 256, without decoding the rows"
					.formatted(READINGS * EVENTS_PER_READING));
	}

	private static double rate(CountingRead read) throws IOException {
		long began = System.nanoTime();
		long count = 0;
		for (int i = 0; i < REPLAYS; i++) {
			count += read.count();
		}
		if (count != (long) REPLAYS * READINGS * EVENTS_PER_READING) {
			throw new IllegalStateException("Only %,d events were read".formatted(count));
		}
		return count / ((System.nanoTime() - began) / 1e9);
	}

	@FunctionalInterface
	private interface CountingRead {

		long count() throws IOException;

	}

}
