package lectern.acceptance;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

import lectern.bench.crowd.EventId;
import lectern.bench.crowd.Listener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each subscriber of a crowd got, by position in the log: where it began, and every
 * event since, over all its connections.
 */
final class Sequences implements Listener {

	private static final long NOWHERE = -1;

	private final long[] beginnings;

	private final long[][] events;

	private final int[] counts;

	private final AtomicLongArray latest;

	Sequences(int subscribers) {
		this.beginnings = new long[subscribers];
		Arrays.fill(this.beginnings, NOWHERE);
		this.events = new long[subscribers][64];
		this.counts = new int[subscribers];
		this.latest = new AtomicLongArray(subscribers);
	}

	/** The position that a cursor stands for. */
	static long position(String cursor) {
		return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1), Character.MAX_RADIX);
	}

	@Override
	public void passed(int subscriber, EventId id) {
		String cursor = id.toString();
		if (!cursor.isEmpty()) {
			long position = position(cursor);
			if (this.beginnings[subscriber] == NOWHERE) {
				this.beginnings[subscriber] = position;
			}
			this.latest.lazySet(subscriber, position);
		}
	}

	@Override
	public void event(int subscriber, EventId id, long nanos) {
		int count = this.counts[subscriber];
		if (count == this.events[subscriber].length) {
			this.events[subscriber] = Arrays.copyOf(this.events[subscriber], count * 2);
		}
		this.events[subscriber][count] = position(id.toString());
		this.counts[subscriber] = count + 1;
	}

	/** The last position that a subscriber knows of. */
	long latest(int subscriber) {
		return this.latest.get(subscriber);
	}

	/** How many events there were in all; once the crowd is closed. */
	long delivered() {
		return Arrays.stream(this.counts).asLongStream().sum();
	}

	/**
	 * See that a subscriber got exactly what the log has after its beginning; once the
	 * crowd is closed.
	 * @param log all positions, in order
	 */
	void assertComplete(int subscriber, long[] log) {
		assertThat(this.beginnings[subscriber]).as("the beginning of " + subscriber).isNotEqualTo(NOWHERE);
		assertThat(got(subscriber)).as("what subscriber " + subscriber + " got from " + this.beginnings[subscriber])
			.containsExactly(Arrays.stream(log).filter((each) -> each > this.beginnings[subscriber]).toArray());
	}

	/** See the same of one who did not take all: nothing is left out of what it took. */
	void assertNoGap(int subscriber, long[] log) {
		long[] all = Arrays.stream(log).filter((each) -> each > this.beginnings[subscriber]).toArray();
		assertThat(got(subscriber)).as("what subscriber " + subscriber + " got from " + this.beginnings[subscriber])
			.containsExactly(Arrays.copyOf(all, this.counts[subscriber]));
	}

	private long[] got(int subscriber) {
		return Arrays.copyOf(this.events[subscriber], this.counts[subscriber]);
	}

}
