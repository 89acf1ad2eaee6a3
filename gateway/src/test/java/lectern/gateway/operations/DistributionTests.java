package lectern.gateway.operations;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DistributionTests {

	@Test
	void quantileIsInterpolatedWithinBucket() {
		Distribution recorded = distribution(0.1, 50, 0.2, 90, 0.4, 100);
		assertThat(recorded.quantile(0.5)).isEqualTo(0.1, within(1e-9));
		assertThat(recorded.quantile(0.7)).isEqualTo(0.15, within(1e-9));
		assertThat(recorded.quantile(0.99)).isEqualTo(0.38, within(1e-9));
	}

	@Test
	void quantileIsCappedAtLastFiniteBound() {
		assertThat(distribution(0.1, 1, Double.POSITIVE_INFINITY, 4).quantile(0.99)).isEqualTo(0.1);
	}

	@Test
	void emptyDistributionHasNoQuantile() {
		assertThat(new Distribution().quantile(0.5)).isNull();
		assertThat(distribution(0.1, 0, 0.2, 0).quantile(0.5)).isNull();
	}

	@Test
	void sinceCountsOnlyNewValues() {
		Distribution recent = distribution(0.1, 100, 0.2, 110).since(distribution(0.1, 100, 0.2, 100));
		assertThat(recent.quantile(0.5)).isEqualTo(0.15, within(1e-9));
		assertThat(distribution(0.1, 5).since(distribution(0.1, 5)).quantile(0.5)).isNull();
	}

	@Test
	void sinceIgnoresEarlierCountsAfterRestart() {
		Distribution recent = distribution(0.1, 2, 0.2, 4).since(distribution(0.1, 100, 0.2, 100));
		assertThat(recent.quantile(0.5)).isEqualTo(0.1, within(1e-9));
	}

	/**
	 * A distribution of buckets.
	 * @param buckets upper bounds, each followed by the cumulative count
	 */
	private static Distribution distribution(double... buckets) {
		Distribution distribution = new Distribution();
		for (int index = 0; index < buckets.length; index += 2) {
			distribution.add(buckets[index], buckets[index + 1]);
		}
		return distribution;
	}

}
