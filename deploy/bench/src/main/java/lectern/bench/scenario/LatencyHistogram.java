package lectern.bench.scenario;

import java.time.Duration;
import java.util.Locale;

import org.HdrHistogram.Histogram;

/** A histogram of durations with an error of at most 0.1 %. Not thread-safe. */
final class LatencyHistogram {

	private static final int SIGNIFICANT_DIGITS = 3;

	private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);

	/** Add a duration in nanoseconds; a negative one counts as zero. */
	void record(long duration) {
		this.nanos.recordValue(Math.max(duration, 0));
	}

	/** Add a duration several times. */
	void record(Duration duration, long count) {
		this.nanos.recordValueWithCount(duration.toNanos(), count);
	}

	/** Add all durations of another histogram. */
	void add(LatencyHistogram other) {
		this.nanos.add(other.nanos);
	}

	/**
	 * Return a quantile; zero if the histogram is empty.
	 * @param quantile from 0 to 1
	 */
	Duration quantile(double quantile) {
		return Duration.ofNanos(this.nanos.getValueAtPercentile(100 * quantile));
	}

	/** Return a quantile in milliseconds. */
	double quantileMillis(double quantile) {
		return quantile(quantile).toNanos() / 1e6;
	}

	/** Return the median, the 99th percentile and the maximum as text. */
	String summary() {
		return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, max %.1f ms", quantileMillis(0.5),
				quantileMillis(0.99), max().toNanos() / 1e6);
	}

	/** Return the longest duration; zero if the histogram is empty. */
	Duration max() {
		return Duration.ofNanos(this.nanos.getMaxValue());
	}

}
