package lectern.bench.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;

/** How readers are affected while one address guesses passwords without a break. */
final class SignInFloodScenario implements Scenario {

	private static final int REPORTERS = 64;

	private static final int FLOOD_CONNECTIONS = 150;

	private static final String FLOOD_ADDRESS = "127.0.0.7";

	/** Its attempts only get the code compiled, and use up no other allowance. */
	private static final String WARM_UP_ADDRESS = "127.0.0.6";

	/** The reports leave enough CPU for one more thread. */
	private static final int SHARE_OF_PEAK = 8;

	private static final double MAX_SIGN_IN_SECONDS = 2;

	/** A p99 that moves by half. */
	private static final double MAX_P99_RATIO = 1.5;

	private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

	private static final String CREDENTIALS = "\"reader\":\"rightful-reader\",\"password\":\"correct horse battery\"";

	@Override
	public String name() {
		return "sign-ins";
	}

	@Override
	public String description() {
		return "a sign-in and position reports while 150 connections of another address guess passwords";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.newLectern();
		PositionReporters reporters = PositionReporters.of(lectern, REPORTERS);
		try (HttpConnection connection = HttpConnection.connect(lectern.port())) {
			connection
				.exchange(new TextRequest("POST", "/api/v1/readers", JSON, "{\"name\":\"R\"," + CREDENTIALS + "}"))
				.requireSuccess();
		}
		Throughput warmUp = new Throughput();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(),
				reporters.reportRequests(REPORTERS))) {
			warmUp.measure(clients, settings.warmUpTime(), lectern.processes());
		}
		console.printLine("Warm-up of Lectern: " + warmUp.summary());
		measureFlood(WARM_UP_ADDRESS, lectern, settings);
		double rate = warmUp.successesPerSecond() / SHARE_OF_PEAK;
		Throughput alone = new Throughput();
		Throughput flooded = new Throughput();
		for (int round = 1; round <= settings.rounds(); round++) {
			measureReports(alone, lectern, reporters, rate, settings);
			console.printLine("round " + round + ": reports alone: " + alone.summary());
			CompletableFuture<Throughput> flood = startFlood(lectern, settings);
			measureReports(flooded, lectern, reporters, rate, settings);
			console.printLine("round " + round + ": reports beside the flood: " + flooded.summary());
			console.printLine("round " + round + ": flood: " + flood.join().summary());
		}
		// A sign-in costs as much as a guess that is tried, so it has measurements of its
		// own.
		CompletableFuture<Throughput> quietSignIns = startSignIns(lectern, settings);
		Throughput besideSignIns = new Throughput();
		measureReports(besideSignIns, lectern, reporters, rate, settings);
		CompletableFuture<Throughput> flood = startFlood(lectern, settings);
		CompletableFuture<Throughput> signIns = startSignIns(lectern, settings);
		Throughput besideBoth = new Throughput();
		measureReports(besideBoth, lectern, reporters, rate, settings);
		return new ScenarioResult(
				List.of(ResultLine.limit("slowest sign-in while another address guesses passwords", "s",
						signIns.join().quantileMillis(1) / 1000, quietSignIns.join().quantileMillis(1) / 1000,
						MAX_SIGN_IN_SECONDS),
						ResultLine.ratio("position reports while an address guesses passwords: p99, compared with none",
								"ms", flooded.quantileMillis(0.99), alone.quantileMillis(0.99), MAX_P99_RATIO)),
				List.of("reports alone: " + alone.summary(), "reports beside the flood: " + flooded.summary(),
						"reports beside one sign-in a second: " + besideSignIns.summary(),
						"reports beside both: " + besideBoth.summary(),
						"sign-ins beside the flood: " + signIns.join().summary(),
						"flood beside sign-ins: " + flood.join().summary()));
	}

	private static CompletableFuture<Throughput> startFlood(LecternTarget lectern, BenchSettings settings) {
		return CompletableFuture.supplyAsync(() -> measureFlood(FLOOD_ADDRESS, lectern, settings));
	}

	private static CompletableFuture<Throughput> startSignIns(LecternTarget lectern, BenchSettings settings) {
		return CompletableFuture.supplyAsync(() -> measureSignIns(lectern, settings));
	}

	private static void measureReports(Throughput reports, LecternTarget lectern, PositionReporters reporters,
			double rate, BenchSettings settings) throws IOException {
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(),
				reporters.reportRequests(REPORTERS))) {
			reports.measureAtRate(clients, rate, settings.measurementTime(), lectern.processes());
		}
	}

	/**
	 * Each attempt names another reader, as those who try a list of stolen passwords do.
	 */
	private static Throughput measureFlood(String address, LecternTarget lectern, BenchSettings settings) {
		AtomicInteger attempts = new AtomicInteger();
		List<Supplier<TextRequest>> guesses = Stream
			.<Supplier<TextRequest>>generate(() -> () -> signIn(
					"\"reader\":\"reader-" + attempts.incrementAndGet() + "\",\"password\":\"a wrong password\""))
			.limit(FLOOD_CONNECTIONS)
			.toList();
		Throughput flood = new Throughput();
		try (ClosedLoopClients clients = ClosedLoopClients.connectFrom(address, lectern.port(), guesses)) {
			flood.measure(clients, settings.measurementTime(), lectern.processes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return flood;
	}

	/** One sign-in a second. */
	private static Throughput measureSignIns(LecternTarget lectern, BenchSettings settings) {
		Throughput signIns = new Throughput();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(),
				List.of(() -> signIn(CREDENTIALS), () -> signIn(CREDENTIALS)))) {
			signIns.measureAtRate(clients, 1, settings.measurementTime(), lectern.processes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return signIns;
	}

	private static TextRequest signIn(String credentials) {
		return new TextRequest("POST", "/api/v1/tokens", JSON, "{" + credentials + "}");
	}

}
