package lectern.acceptance;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

import lectern.bench.crowd.EventId;
import lectern.bench.crowd.Listener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long events took from the request that wrote them to each subscriber of a crowd.
 * Knows an event by its position: there is one writer, and each write is one event.
 */
final class Latencies implements Listener {

	private static final int MOST = 1 << 16;

	private final long beginning;

	private final AtomicLongArray sentAt = new AtomicLongArray(MOST);

	private int[] micros = new int[1 << 16];

	private volatile int count;

	/**
	 * @param beginning a cursor with nothing after it yet
	 */
	Latencies(String beginning) {
		this.beginning = Sequences.position(beginning) + 1;
	}

	/** The write of a number is about to be sent. */
	void sending(long number) {
		this.sentAt.set((int) number, System.nanoTime());
	}

	@Override
	public void event(int subscriber, EventId id, long nanos) {
		long number = Sequences.position(id.toString()) - this.beginning;
		if (number < 0 || number >= MOST || this.sentAt.get((int) number) == 0) {
			return;
		}
		int at = this.count;
		if (at == this.micros.length) {
			this.micros = Arrays.copyOf(this.micros, at * 2);
		}
		this.micros[at] = (int) ((nanos - this.sentAt.get((int) number)) / 1_000);
		this.count = at + 1;
	}

	/** How many deliveries there were so far. */
	int count() {
		return this.count;
	}

	/** The percentiles of those between two counts. */
	String between(int from, int to) {
		assertThat(to).as("deliveries after " + from).isGreaterThan(from);
		int[] sorted = Arrays.copyOfRange(this.micros, from, to);
		Arrays.sort(sorted);
		return "p50 %.1f ms, p99 %.1f ms, longest %.1f ms of %d".formatted(quantile(sorted, 0.5),
				quantile(sorted, 0.99), sorted[sorted.length - 1] / 1e3, sorted.length);
	}

	private static double quantile(int[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))] / 1e3;
	}

}
