package lectern.bench.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.machine.ProcessGroup;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;

/** What readers of the catalog notice while progress-service stands still or restarts. */
final class OutageScenario implements Scenario {

	private static final TextRequest BOOK = TextRequest.get("/api/v1/books/fluent-python", Map.of());

	private static final TextRequest ACTIVITY = TextRequest.get("/api/v1/activity", Map.of());

	private static final int CLIENTS = 16;

	/** So that both can be answered by a machine that is not busy. */
	private static final double REQUESTS_PER_SECOND = 200;

	private static final double MAX_P99_RATIO = 1.5;

	private static final double MAX_SECONDS = 5;

	@Override
	public String name() {
		return "outage";
	}

	@Override
	public String description() {
		return "GET of a book while progress-service is frozen, and while it is killed and starts again";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.newLectern();
		Duration length = settings.measurementTime();
		console.printLine("Warm-up of Lectern: " + measure(lectern, settings.warmUpTime()).summary());
		Throughput before = measure(lectern, length);
		console.printLine("before: " + before.summary());
		signal("-STOP", lectern);
		Throughput frozen;
		try {
			frozen = measure(lectern, length);
		}
		finally {
			signal("-CONT", lectern);
		}
		double backAfter = secondsUntilAnswered(lectern);
		console.printLine("progress-service frozen: " + frozen.summary());
		signal("-KILL", lectern);
		Throughput killed = measure(lectern, length);
		console.printLine("progress-service killed: " + killed.summary());
		return new ScenarioResult(
				List.of(ResultLine.ratio("GET of a book while progress-service is frozen: p99, compared with before",
						"ms", frozen.quantileMillis(0.99), before.quantileMillis(0.99), MAX_P99_RATIO),
						ResultLine.withoutBudget(
								"GET of a book while progress-service is killed and starts: p99, compared with before",
								"ms", killed.quantileMillis(0.99), before.quantileMillis(0.99)),
						ResultLine.limit("time until progress-service is used again after it was frozen", "s",
								backAfter, Double.NaN, MAX_SECONDS)),
				List.of("before: " + before.summary(), "frozen: " + frozen.summary(), "killed: " + killed.summary(),
						"%d clients and %.0f requests a second for each service".formatted(CLIENTS,
								REQUESTS_PER_SECOND)));
	}

	/** Requests to both services, of which those to the catalog are measured. */
	private static Throughput measure(LecternTarget lectern, Duration length) throws IOException {
		CompletableFuture<Void> others = CompletableFuture.runAsync(() -> requestActivity(lectern, length));
		Throughput books = new Throughput();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(),
				Collections.nCopies(CLIENTS, () -> BOOK))) {
			books.measureAtRate(clients, REQUESTS_PER_SECOND, length, lectern.processes());
		}
		others.join();
		return books;
	}

	private static void requestActivity(LecternTarget lectern, Duration length) {
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(),
				Collections.nCopies(CLIENTS, () -> ACTIVITY))) {
			clients.offerAtRate(REQUESTS_PER_SECOND, length, (_, _) -> {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static double secondsUntilAnswered(LecternTarget lectern) throws IOException {
		long began = System.nanoTime();
		try (HttpConnection connection = HttpConnection.connect(lectern.port())) {
			while (connection.exchange(ACTIVITY).head().status() != 200) {
				if (System.nanoTime() - began > 60e9) {
					throw new IOException("progress-service is not used again");
				}
			}
		}
		return (System.nanoTime() - began) / 1e9;
	}

	private static void signal(String name, LecternTarget lectern) throws IOException {
		ProcessGroup service = Objects.requireNonNull(lectern.processes().get(LecternTarget.PROGRESS));
		Process kill = new ProcessBuilder("kill", name, Long.toString(service.root().pid())).inheritIO().start();
		try {
			if (kill.waitFor() != 0) {
				throw new IOException(String.format(Locale.ROOT, "kill %s has failed", name));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

}
