package lectern.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

/**
 * Concurrent readers, each of which sends its next report when the previous one is
 * answered, until a number of reports is acknowledged.
 */
final class ReportLoadGenerator implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	/** Fractions with more decimals would be rounded and no longer differ. */
	private static final double FRACTION_SCALE = 1_000_000;

	private final int totalReports;

	private final AtomicInteger startedCount = new AtomicInteger();

	private final Queue<AcknowledgedReport> acknowledged = new ConcurrentLinkedQueue<>();

	private final AtomicInteger acknowledgedCount = new AtomicInteger();

	private final Map<String, Integer> attemptOutcomes = new ConcurrentSkipListMap<>();

	private final List<CompletableFuture<Void>> completions;

	private ReportLoadGenerator(LecternInstance lectern, List<ReaderClient> readers, List<String> readings,
			int reports) {
		this.totalReports = reports;
		this.completions = IntStream.range(0, readers.size())
			.mapToObj((one) -> new RetryingReportClient(lectern, readers.get(one), readings.get(one),
					this::recordAttempt))
			.map((client) -> CompletableFuture.runAsync(() -> report(client),
					(work) -> Thread.ofVirtual().name("reporter").start(work)))
			.toList();
	}

	/**
	 * Begin.
	 * @param readings of the readers, in their order
	 */
	static ReportLoadGenerator start(LecternInstance lectern, List<ReaderClient> readers, List<String> readings,
			int reports) {
		return new ReportLoadGenerator(lectern, readers, readings, reports);
	}

	private void report(RetryingReportClient client) {
		try (client) {
			for (int number = nextNumber(); number < this.totalReports; number = nextNumber()) {
				this.acknowledged.add(client.report(number / FRACTION_SCALE));
				this.acknowledgedCount.incrementAndGet();
			}
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
	}

	private int nextNumber() {
		return this.startedCount.getAndIncrement();
	}

	private void recordAttempt(String answer) {
		this.attemptOutcomes.merge(answer, 1, Integer::sum);
	}

	/** The number of acknowledged reports so far. */
	int acknowledged() {
		return this.acknowledgedCount.get();
	}

	/** The number of attempts so far by outcome. */
	Map<String, Integer> attemptOutcomes() {
		return this.attemptOutcomes;
	}

	/**
	 * Wait until so many reports are acknowledged; fails when one was answered what it
	 * should not be.
	 */
	void await(int reports) {
		Awaitility.await().atMost(TIMEOUT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> {
			this.completions.forEach((end) -> end.getNow(null));
			return acknowledged() >= reports;
		});
	}

	/** Wait for all reports, and return them in the order of their cursors. */
	List<AcknowledgedReport> awaitAll() {
		await(this.totalReports);
		return this.acknowledged.stream().sorted(Comparator.comparingLong(AcknowledgedReport::logPosition)).toList();
	}

	/** Start no more reports, and wait for those in progress. */
	@Override
	public void close() {
		this.startedCount.set(this.totalReports);
		try {
			CompletableFuture.allOf(this.completions.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
