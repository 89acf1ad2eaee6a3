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
 * Readers who report at the same time, each as fast as it is answered, until so many
 * reports are acknowledged.
 */
final class ReportLoad implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	/** Fractions with more decimals would be cut, and not be told apart. */
	private static final double FINEST = 1_000_000;

	private final int reports;

	private final AtomicInteger begun = new AtomicInteger();

	private final Queue<KeptReport> acknowledged = new ConcurrentLinkedQueue<>();

	private final AtomicInteger count = new AtomicInteger();

	private final Map<String, Integer> heard = new ConcurrentSkipListMap<>();

	private final List<CompletableFuture<Void>> ends;

	private ReportLoad(Lectern lectern, List<Reader> readers, List<String> readings, int reports) {
		this.reports = reports;
		this.ends = IntStream.range(0, readers.size())
			.mapToObj((one) -> new RepeatingClient(lectern, readers.get(one), readings.get(one), this::hear))
			.map((client) -> CompletableFuture.runAsync(() -> report(client),
					(work) -> Thread.ofVirtual().name("reporter").start(work)))
			.toList();
	}

	/**
	 * Begin.
	 * @param readings of the readers, in their order
	 */
	static ReportLoad begin(Lectern lectern, List<Reader> readers, List<String> readings, int reports) {
		return new ReportLoad(lectern, readers, readings, reports);
	}

	private void report(RepeatingClient client) {
		try (client) {
			for (int number = next(); number < this.reports; number = next()) {
				this.acknowledged.add(client.report(number / FINEST));
				this.count.incrementAndGet();
			}
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
	}

	private int next() {
		return this.begun.getAndIncrement();
	}

	private void hear(String answer) {
		this.heard.merge(answer, 1, Integer::sum);
	}

	/** How many reports are acknowledged so far. */
	int acknowledged() {
		return this.count.get();
	}

	/** What the attempts so far have led to, and how often. */
	Map<String, Integer> heard() {
		return this.heard;
	}

	/**
	 * Wait until so many reports are acknowledged; fails when one was answered what it
	 * should not be.
	 */
	void await(int reports) {
		Awaitility.await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> {
			this.ends.forEach((end) -> end.getNow(null));
			return acknowledged() >= reports;
		});
	}

	/** Wait for all of them; they are in the order of their cursors. */
	List<KeptReport> awaitAll() {
		await(this.reports);
		return this.acknowledged.stream().sorted(Comparator.comparingLong(KeptReport::position)).toList();
	}

	/** Begin no more reports, and wait for those that are under way. */
	@Override
	public void close() {
		this.begun.set(this.reports);
		try {
			CompletableFuture.allOf(this.ends.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
