package lectern.streaming.server;

import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class ReadinessMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Map<String, Mono<Boolean>> checks = Map.of("ready", Mono.just(true), "not-ready", Mono.just(false),
			"failing", Mono.error(new IllegalStateException("no database")), "hanging", Mono.never(), "silent",
			Mono.empty());

	private final ReadinessMetrics probe = new ReadinessMetrics(this.checks.keySet(), this.checks::get, this.registry);

	@Test
	void nothingIsReadyBeforeItWasChecked() {
		assertThat(ready("ready")).isZero();
	}

	@Test
	void partThatFailsOrHangsIsNotReady() {
		StepVerifier.withVirtualTime(() -> Flux.from(this.probe.step()))
			.thenAwait(ReadinessMetrics.CHECK_TIMEOUT)
			.thenAwait(ReadinessMetrics.INTERVAL)
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);

		assertThat(ready("ready")).isOne();
		for (String component : new String[] { "not-ready", "failing", "hanging", "silent" }) {
			assertThat(ready(component)).as(component).isZero();
		}
	}

	private double ready(String component) {
		return this.registry.get("lectern.ready").tag("component", component).gauge().value();
	}

}
