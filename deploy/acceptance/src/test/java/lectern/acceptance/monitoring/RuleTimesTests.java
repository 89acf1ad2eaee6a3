package lectern.acceptance.monitoring;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RuleTimesTests {

	@Test
	void timesAreDividedAndNamesAreKept() {
		assertThat(RuleTimes.divide("""
				expr: lectern:a:rate5m > 2 and rate(b[6h]) > 1 and increase(c[5s]) > 0
				for: 1m
				""", 10)).isEqualTo("""
				expr: lectern:a:rate5m > 2 and rate(b[2160s]) > 1 and increase(c[1s]) > 0
				for: 6s
				""");
	}

}
