package lectern.acceptance.monitoring;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MonitoredQueryTests {

	@Test
	void comparisonsOfAnAlertDoNotFilter() {
		assertThat(MonitoredQuery
			.withoutFilter("sum by (job) (rate(a_total{b!=\"c\",d!=\"<e>{}\"}[1m])) > 0.5 and f == 0"))
			.isEqualTo("sum by (job) (rate(a_total{b!=\"c\",d!=\"<e>{}\"}[1m])) > bool 0.5 and f == bool 0");
	}

}
