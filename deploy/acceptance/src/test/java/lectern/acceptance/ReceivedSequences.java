package lectern.acceptance;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.EventId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events that each subscriber of a crowd received, by position in the log: its start
 * and every later event, over all its connections.
 */
final class ReceivedSequences implements CrowdListener {

	private static final long UNKNOWN = -1;

	private final long[] startPositions;

	private final long[][] events;

	private final int[] counts;

	private final AtomicLongArray lastPosition;

	ReceivedSequences(int subscribers) {
		this.startPositions = new long[subscribers];
		Arrays.fill(this.startPositions, UNKNOWN);
		this.events = new long[subscribers][64];
		this.counts = new int[subscribers];
		this.lastPosition = new AtomicLongArray(subscribers);
	}

	/** The position of a cursor. */
	static long positionOf(String cursor) {
		return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1), Character.MAX_RADIX);
	}

	@Override
	public void onLastEventId(int subscriber, EventId id) {
		String cursor = id.toString();
		if (!cursor.isEmpty()) {
			long position = positionOf(cursor);
			if (this.startPositions[subscriber] == UNKNOWN) {
				this.startPositions[subscriber] = position;
			}
			this.lastPosition.lazySet(subscriber, position);
		}
	}

	@Override
	public void onEvent(int subscriber, EventId id, long nanos) {
		int count = this.counts[subscriber];
		if (count == this.events[subscriber].length) {
			this.events[subscriber] = Arrays.copyOf(this.events[subscriber], count * 2);
		}
		this.events[subscriber][count] = positionOf(id.toString());
		this.counts[subscriber] = count + 1;
	}

	/** The last position that a subscriber received. */
	long lastPosition(int subscriber) {
		return this.lastPosition.get(subscriber);
	}

	/** The number of events of all subscribers; valid after the crowd is closed. */
	long delivered() {
		return Arrays.stream(this.counts).asLongStream().sum();
	}

	/**
	 * See that a subscriber got exactly what the log has after its beginning; once the
	 * crowd is closed.
	 * @param log all positions, in order
	 */
	void assertComplete(int subscriber, long[] log) {
		assertThat(this.startPositions[subscriber]).as("the beginning of " + subscriber).isNotEqualTo(UNKNOWN);
		assertThat(positionsOf(subscriber))
			.as("events of subscriber " + subscriber + " after " + this.startPositions[subscriber])
			.containsExactly(Arrays.stream(log).filter((each) -> each > this.startPositions[subscriber]).toArray());
	}

	/** Assert the same for an incomplete subscriber: what it received has no gap. */
	void assertNoGap(int subscriber, long[] log) {
		long[] all = Arrays.stream(log).filter((each) -> each > this.startPositions[subscriber]).toArray();
		assertThat(positionsOf(subscriber))
			.as("events of subscriber " + subscriber + " after " + this.startPositions[subscriber])
			.containsExactly(Arrays.copyOf(all, this.counts[subscriber]));
	}

	private long[] positionsOf(int subscriber) {
		return Arrays.copyOf(this.events[subscriber], this.counts[subscriber]);
	}

}
