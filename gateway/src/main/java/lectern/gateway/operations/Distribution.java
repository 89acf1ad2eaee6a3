package lectern.gateway.operations;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A histogram with cumulative buckets: each counts all recorded values up to its bound.
 */
final class Distribution {

	private final NavigableMap<Double, Double> cumulativeBuckets = new TreeMap<>();

	void add(double bound, double count) {
		this.cumulativeBuckets.merge(bound, count, Double::sum);
	}

	/**
	 * The values recorded since an earlier state; all of them if the service has been
	 * restarted in between.
	 */
	Distribution since(Distribution before) {
		Distribution recent = new Distribution();
		for (Map.Entry<Double, Double> bucket : this.cumulativeBuckets.entrySet()) {
			double count = bucket.getValue() - before.cumulativeBuckets.getOrDefault(bucket.getKey(), 0.0);
			if (count < 0) {
				return this;
			}
			recent.add(bucket.getKey(), count);
		}
		return recent;
	}

	/**
	 * Estimate a quantile by linear interpolation within a bucket, as Prometheus's
	 * {@code histogram_quantile} does.
	 * @param fraction from 0 to 1
	 * @return null if nothing was recorded
	 */
	@Nullable Double quantile(double fraction) {
		double total = this.cumulativeBuckets.isEmpty() ? 0 : this.cumulativeBuckets.lastEntry().getValue();
		if (total == 0) {
			return null;
		}
		double rank = fraction * total;
		double countBelow = 0;
		double lowerBound = 0;
		for (Map.Entry<Double, Double> bucket : this.cumulativeBuckets.entrySet()) {
			double count = bucket.getValue() - countBelow;
			if (bucket.getValue() >= rank && count > 0) {
				double upperBound = bucket.getKey();
				// Of values above the last finite bound only that bound is known.
				return Double.isInfinite(upperBound) ? lowerBound
						: lowerBound + (upperBound - lowerBound) * (rank - countBelow) / count;
			}
			countBelow = bucket.getValue();
			lowerBound = bucket.getKey();
		}
		return lowerBound;
	}

}
