package lectern.acceptance;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.EventId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long events took from the request that wrote them to each subscriber of a crowd.
 * Knows an event by its position: there is one writer, and each write is one event.
 */
final class DeliveryLatencies implements CrowdListener {

	private static final int MAX_EVENTS = 1 << 16;

	private final long firstPosition;

	private final AtomicLongArray sentAt = new AtomicLongArray(MAX_EVENTS);

	private int[] micros = new int[1 << 16];

	private volatile int count;

	/**
	 * @param beginning a cursor with nothing after it yet
	 */
	DeliveryLatencies(String beginning) {
		this.firstPosition = ReceivedSequences.positionOf(beginning) + 1;
	}

	/** Record that the write of a number is about to be sent. */
	void recordSend(long number) {
		this.sentAt.set((int) number, System.nanoTime());
	}

	@Override
	public void onEvent(int subscriber, EventId id, long nanos) {
		long number = ReceivedSequences.positionOf(id.toString()) - this.firstPosition;
		if (number < 0 || number >= MAX_EVENTS || this.sentAt.get((int) number) == 0) {
			return;
		}
		int at = this.count;
		if (at == this.micros.length) {
			this.micros = Arrays.copyOf(this.micros, at * 2);
		}
		this.micros[at] = (int) ((nanos - this.sentAt.get((int) number)) / 1_000);
		this.count = at + 1;
	}

	/** The number of deliveries so far. */
	int count() {
		return this.count;
	}

	/** The latency percentiles of the deliveries between two counts. */
	String percentilesBetween(int from, int to) {
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
