package lectern.streaming.server;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FeedMetersTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final FeedMeters meters = new FeedMeters("/events", this.registry);

	@Test
	void ageGrowsWhileTheLogIsNotRead() {
		assertThat(ageSeconds()).isZero();
		this.clock.addSeconds(70);
		assertThat(ageSeconds()).isEqualTo(70);
		this.meters.logRead();
		assertThat(ageSeconds()).isZero();
	}

	private double ageSeconds() {
		return this.registry.get("lectern.feed.age").tag("stream", "/events").timeGauge().value(TimeUnit.SECONDS);
	}

}
