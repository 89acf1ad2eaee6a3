package lectern.gateway.operations;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** How often what was recorded: each bucket counts all that is up to its bound. */
final class Distribution {

	private final NavigableMap<Double, Double> cumulativeBuckets = new TreeMap<>();

	void add(double bound, double count) {
		this.cumulativeBuckets.merge(bound, count, Double::sum);
	}

	/** What was recorded since; all of it if the service has begun anew between. */
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
	 * Estimate a quantile as if what is in a bucket were spread evenly over it, as
	 * Prometheus's {@code histogram_quantile} does.
	 * @return null if nothing was recorded
	 */
	@Nullable Double quantile(double part) {
		double total = this.cumulativeBuckets.isEmpty() ? 0 : this.cumulativeBuckets.lastEntry().getValue();
		if (total == 0) {
			return null;
		}
		double wanted = part * total;
		double below = 0;
		double from = 0;
		for (Map.Entry<Double, Double> bucket : this.cumulativeBuckets.entrySet()) {
			double within = bucket.getValue() - below;
			if (bucket.getValue() >= wanted && within > 0) {
				double to = bucket.getKey();
				// Beyond the last bound nothing is known but that bound.
				return Double.isInfinite(to) ? from : from + (to - from) * (wanted - below) / within;
			}
			below = bucket.getValue();
			from = bucket.getKey();
		}
		return from;
	}

}
