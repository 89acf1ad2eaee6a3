package lectern.bench.scenario;

import java.time.Duration;

/**
 * Counts durations in buckets that are at most 1/64 wider than what is in them, from a
 * microsecond to hours. For one thread.
 */
final class LatencyHistogram {

	private static final int SUB_BUCKETS = 64;

	private final long[] buckets = new long[SUB_BUCKETS * 40];

	private long count;

	private long max;

	void record(long nanos) {
		long micros = Math.max(nanos / 1_000, 0);
		this.buckets[bucket(micros)]++;
		this.count++;
		this.max = Math.max(this.max, micros);
	}

	private static int bucket(long micros) {
		int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(micros | 1) - 6);
		return shift * SUB_BUCKETS + (int) (micros >>> shift);
	}

	/** The largest value of a bucket. */
	private static long highestValue(int bucket) {
		int shift = Math.max(0, bucket / SUB_BUCKETS - 1);
		return ((bucket - (long) shift * SUB_BUCKETS + 1) << shift) - 1;
	}

	void add(LatencyHistogram other) {
		for (int i = 0; i < this.buckets.length; i++) {
			this.buckets[i] += other.buckets[i];
		}
		this.count += other.count;
		this.max = Math.max(this.max, other.max);
	}

	/**
	 * The duration that the given share of all does not exceed; zero if there is none.
	 */
	Duration quantile(double share) {
		long rank = (long) Math.ceil(share * this.count);
		long seen = 0;
		for (int i = 0; i < this.buckets.length && rank > 0; i++) {
			seen += this.buckets[i];
			if (seen >= rank) {
				return Duration.ofNanos(Math.min(highestValue(i), this.max) * 1_000);
			}
		}
		return Duration.ZERO;
	}

	Duration max() {
		return Duration.ofNanos(this.max * 1_000);
	}

}
