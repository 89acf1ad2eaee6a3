package lectern.bench.scenario;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProjectionLagTests {

	@Test
	void readsLagOfEachProjection() {
		assertThat(ProjectionLag.summary("""
				# TYPE lectern_projection_lag_seconds gauge
				lectern_projection_lag_seconds{projection="timeline"} 0.151
				lectern_projection_lag_seconds{application="progress",projection="activity"} 1.2E-2
				lectern_feed_lag_seconds_max{stream="/events"} 7.0
				""")).isEqualTo("activity 12 ms, timeline 151 ms");
	}

}
