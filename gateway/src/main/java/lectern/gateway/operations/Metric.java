package lectern.gateway.operations;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A meter at one moment: a {@code value} if it is a gauge or a counter, else the other
 * five. Counters, {@code count} and {@code sum} go on from the start of the service, so a
 * rate is the difference of two snapshots by that of their times.
 *
 * @param name see {@link ExposedMeter}
 * @param value in seconds, bytes or plain numbers
 * @param count how many were recorded
 * @param sum of what was recorded
 * @param max the greatest of the last minutes
 * @param p50 the median of what was recorded since the snapshot before, estimated from
 * the buckets; absent if nothing was, or if there are no buckets
 * @param p99 the 99th percentile, likewise
 */
record Metric(String name, Map<String, String> tags, @Nullable Double value, @Nullable Long count, @Nullable Double sum,
		@Nullable Double max, @Nullable Double p50, @Nullable Double p99) {
}
