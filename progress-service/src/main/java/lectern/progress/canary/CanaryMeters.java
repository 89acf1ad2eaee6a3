package lectern.progress.canary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;

/** Records what becomes of the canaries. All meters exist from the start. */
final class CanaryMeters {

	private static final Duration[] BUCKETS = { Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10),
			Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
			Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
			Duration.ofSeconds(10) };

	private final Clock clock;

	private final Timer lag;

	private final Map<CanaryStep, Counter> failures = new EnumMap<>(CanaryStep.class);

	private volatile Instant returnedAt;

	CanaryMeters(MeterRegistry registry, Clock clock) {
		this.clock = clock;
		this.returnedAt = clock.instant();
		this.lag = Timer.builder(CanaryMeter.LAG.getName())
			.description(CanaryMeter.LAG.definition().description())
			.serviceLevelObjectives(BUCKETS)
			.register(registry);
		TimeGauge.builder(CanaryMeter.AGE.getName(), this::ageMillis, TimeUnit.MILLISECONDS)
			.description(CanaryMeter.AGE.definition().description())
			.register(registry);
		for (CanaryStep step : CanaryStep.values()) {
			this.failures.put(step,
					Counter.builder(CanaryMeter.FAILURES.getName())
						.description(CanaryMeter.FAILURES.definition().description())
						.tag("step", step.tag())
						.register(registry));
		}
	}

	/**
	 * A canary has come back.
	 * @param sentAt when it was sent, by the clock of this process
	 */
	void returned(Instant sentAt) {
		Instant now = this.clock.instant();
		this.returnedAt = now;
		this.lag.record(Duration.between(sentAt, now));
	}

	void failed(CanaryStep step) {
		Objects.requireNonNull(this.failures.get(step)).increment();
	}

	private long ageMillis() {
		return Math.max(0, Duration.between(this.returnedAt, this.clock.instant()).toMillis());
	}

}
