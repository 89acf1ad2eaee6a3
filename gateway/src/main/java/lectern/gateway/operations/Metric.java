package lectern.gateway.operations;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A meter at one time. Gauges and counters have a {@code value}, timers and summaries the
 * other five members. Counters, {@code count} and {@code sum} accumulate from the start
 * of the service: a rate is the difference between two snapshots divided by the
 * difference of their times.
 *
 * @param name see {@link ExposedMeter}
 * @param value in seconds, bytes or plain numbers
 * @param count the number of recorded values
 * @param sum the sum of the recorded values
 * @param max the maximum of the last minutes
 * @param p50 the median of the values recorded since the previous snapshot, estimated
 * from the buckets; absent if there are no such values or no buckets
 * @param p99 the 99th percentile of the same values
 */
record Metric(String name, Map<String, String> tags, @Nullable Double value, @Nullable Long count, @Nullable Double sum,
		@Nullable Double max, @Nullable Double p50, @Nullable Double p99) {
}
