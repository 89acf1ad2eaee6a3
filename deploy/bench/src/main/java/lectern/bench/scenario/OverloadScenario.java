package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import lectern.bench.http.ClosedLoopClients;
import lectern.bench.http.TextRequest;
import lectern.bench.machine.ProcessGroup;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;

/** What the gateway does when it is offered twice the load that it can carry. */
final class OverloadScenario implements Scenario {

	private static final String PATH = "/api/v1/books/fluent-python";

	private static final int PEAK_CLIENTS = 64;

	/** Enough that requests are not held back by the clients. */
	private static final int OVERLOAD_CLIENTS = 512;

	private static final double UNLOADED_SHARE = 0.1;

	private static final double MIN_THROUGHPUT_RATIO = 0.8;

	private static final double MAX_P99_RATIO = 4;

	/** The buffers of connections stay allocated. */
	private static final double MAX_GROWTH_MEGABYTES = 64;

	private static final double MEGABYTE = 1024.0 * 1024;

	@Override
	public String name() {
		return "overload";
	}

	@Override
	public String description() {
		return "GET of a book at twice the rate that the gateway can carry";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		BenchSettings settings = targets.settings();
		LecternTarget lectern = targets.newLectern();
		ProcessGroup gateway = Objects.requireNonNull(lectern.processes().get(LecternTarget.GATEWAY));
		console.printLine("Warm-up of Lectern: " + peak(lectern, settings.warmUpTime()).summary());
		// The first overload gets the code compiled that rejects requests.
		offer(lectern, 2 * peak(lectern, settings.measurementTime()).successesPerSecond(), settings.measurementTime());
		Throughput peak = peak(lectern, settings.measurementTime());
		console.printLine("peak: " + peak.summary());
		Throughput unloaded = unloaded(lectern, peak.successesPerSecond() * UNLOADED_SHARE, settings.measurementTime());
		console.printLine("unloaded: " + unloaded.summary());
		lectern.collectGarbage();
		double memoryBefore = gateway.memoryBytes() / MEGABYTE;
		Overload overload = new Overload();
		for (int round = 1; round <= settings.rounds(); round++) {
			overload.add(offer(lectern, 2 * peak.successesPerSecond(), settings.measurementTime()));
			console.printLine("round " + round + ": overload: " + overload.summary());
		}
		lectern.collectGarbage();
		double growth = gateway.memoryBytes() / MEGABYTE - memoryBefore;
		return new ScenarioResult(List.of(
				ResultLine.ratioAtLeast("GET of a book per second at twice the peak rate, compared with the peak", "",
						overload.acceptedPerSecond(), peak.successesPerSecond(), MIN_THROUGHPUT_RATIO),
				ResultLine.ratio("accepted requests at twice the peak rate: p99, compared with unloaded", "ms",
						overload.accepted.quantileMillis(0.99), unloaded.quantileMillis(0.99), MAX_P99_RATIO),
				ResultLine.limit("growth of the gateway's memory by the overload", "MB", growth, Double.NaN,
						MAX_GROWTH_MEGABYTES)),
				List.of("peak, %d clients: %s".formatted(PEAK_CLIENTS, peak.summary()),
						"unloaded, a tenth of the peak rate: " + unloaded.summary(),
						"at twice the peak rate: " + overload.summary(),
						"memory of the gateway before: %,.0f MB".formatted(memoryBefore)));
	}

	private static List<Supplier<TextRequest>> requests(int clients) {
		return Collections.nCopies(clients, () -> TextRequest.get(PATH, Map.of()));
	}

	private static Throughput peak(LecternTarget lectern, Duration length) throws IOException {
		Throughput peak = new Throughput();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(), requests(PEAK_CLIENTS))) {
			peak.measure(clients, length, lectern.processes());
		}
		return peak;
	}

	private static Throughput unloaded(LecternTarget lectern, double rate, Duration length) throws IOException {
		Throughput unloaded = new Throughput();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(), requests(PEAK_CLIENTS))) {
			unloaded.measureAtRate(clients, rate, length, lectern.processes());
		}
		return unloaded;
	}

	private static Overload offer(LecternTarget lectern, double rate, Duration length) throws IOException {
		Overload overload = new Overload();
		try (ClosedLoopClients clients = ClosedLoopClients.connect(lectern.port(), requests(OVERLOAD_CLIENTS))) {
			long began = System.nanoTime();
			overload.leftOut = clients.offerAtRate(rate, length, overload::record);
			overload.seconds = (System.nanoTime() - began) / 1e9;
		}
		return overload;
	}

	/**
	 * The requests of an overload: accepted, rejected, and those without a connection.
	 */
	private static final class Overload {

		private final LatencyHistogram accepted = new LatencyHistogram();

		private final LatencyHistogram rejected = new LatencyHistogram();

		private long acceptedCount;

		private long rejectedCount;

		private long leftOut;

		private double seconds;

		void record(int status, long nanos) {
			if (status == 200) {
				this.accepted.record(nanos);
				this.acceptedCount++;
			}
			else {
				this.rejected.record(nanos);
				this.rejectedCount++;
			}
		}

		void add(Overload other) {
			this.accepted.add(other.accepted);
			this.rejected.add(other.rejected);
			this.acceptedCount += other.acceptedCount;
			this.rejectedCount += other.rejectedCount;
			this.leftOut += other.leftOut;
			this.seconds += other.seconds;
		}

		double acceptedPerSecond() {
			return this.acceptedCount / this.seconds;
		}

		String summary() {
			return String.format(Locale.ROOT,
					"%,.0f/s accepted, %s; %,.0f/s rejected, %s; %,.0f/s without a free connection",
					acceptedPerSecond(), this.accepted.summary(), this.rejectedCount / this.seconds,
					this.rejected.summary(), this.leftOut / this.seconds);
		}

	}

}
