package lectern.bench.scenario;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyHistogramTests {

	@Test
	void quantileErrorIsAtMostOneSixtyFourth() {
		LatencyHistogram histogram = new LatencyHistogram();
		for (int micros = 1; micros <= 1_000_000; micros++) {
			histogram.record(micros * 1_000L);
		}

		for (double share : new double[] { 0.00001, 0.01, 0.5, 0.9, 0.99, 0.999 }) {
			long exact = (long) (share * 1_000_000);
			assertThat(histogram.quantile(share).toNanos() / 1_000).isBetween(exact, exact + exact / 64 + 1);
		}
		assertThat(histogram.quantile(1)).isEqualTo(Duration.ofSeconds(1)).isEqualTo(histogram.max());
	}

	@Test
	void addMergesTwoHistograms() {
		LatencyHistogram fast = new LatencyHistogram();
		LatencyHistogram slow = new LatencyHistogram();
		for (int i = 0; i < 99; i++) {
			fast.record(1_000_000);
		}
		slow.record(1_000_000_000L);
		fast.add(slow);

		assertThat(fast.quantile(0.5)).isBetween(Duration.ofMillis(1), Duration.ofNanos(1_020_000));
		assertThat(fast.quantile(0.995)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void quantileOfEmptyHistogramIsZero() {
		assertThat(new LatencyHistogram().quantile(0.99)).isZero();
	}

}
