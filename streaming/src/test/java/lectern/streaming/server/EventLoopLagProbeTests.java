package lectern.streaming.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class EventLoopLagProbeTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final LoopResources eventLoops = LoopResources.create("probed", 2, true);

	private final EventLoopLagProbe probe = new EventLoopLagProbe(() -> this.eventLoops.onServer(true), this.registry);

	@AfterEach
	void stop() {
		this.probe.stop();
		this.eventLoops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(HANG_LIMIT);
	}

	@Test
	void lateTasksOfEachEventLoopAreMeasured() {
		this.probe.start();
		assertThat(this.probe.isRunning()).isTrue();
		this.clock.add(Duration.ofSeconds(3));
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(lag().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2 * 2750));
		this.probe.stop();
		assertThat(this.probe.isRunning()).isFalse();
	}

	private Timer lag() {
		return this.registry.get(ProcessMeter.EVENT_LOOP_LAG.getName()).timer();
	}

}
