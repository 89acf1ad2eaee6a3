package lectern.bench.scenario;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyHistogramTests {

	private final LatencyHistogram histogram = new LatencyHistogram();

	@Test
	void errorOfQuantileIsAtMostOnePerMille() {
		for (int micros = 1; micros <= 1_000_000; micros++) {
			this.histogram.record(micros * 1_000L);
		}

		for (double quantile : new double[] { 0.00001, 0.01, 0.5, 0.9, 0.99, 0.999, 1 }) {
			long exact = (long) (quantile * 1e9);
			assertThat(this.histogram.quantile(quantile).toNanos()).isBetween(exact, exact + exact / 1_000);
		}
		assertThat(this.histogram.max().toNanos()).isBetween(1_000_000_000L, 1_001_000_000L);
	}

	@Test
	void addMergesTwoHistograms() {
		LatencyHistogram slow = new LatencyHistogram();
		for (int i = 0; i < 99; i++) {
			this.histogram.record(1_000_000);
		}
		slow.record(1_000_000_000L);

		this.histogram.add(slow);

		assertThat(this.histogram.quantile(0.5)).isBetween(Duration.ofMillis(1), Duration.ofNanos(1_001_000));
		assertThat(this.histogram.quantile(0.995)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_001));
	}

	@Test
	void recordsDurationsOfHours() {
		this.histogram.record(Duration.ofHours(3).toNanos());

		assertThat(this.histogram.max()).isBetween(Duration.ofHours(3), Duration.ofMinutes(181));
	}

	@Test
	void negativeDurationCountsAsZero() {
		this.histogram.record(-1);

		assertThat(this.histogram.max()).isZero();
	}

	@Test
	void quantileOfEmptyHistogramIsZero() {
		assertThat(this.histogram.quantile(0.99)).isZero();
	}

}
