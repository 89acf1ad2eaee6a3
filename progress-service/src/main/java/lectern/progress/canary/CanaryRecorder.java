package lectern.progress.canary;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Records what becomes of the canaries. All meters exist from the start. */
final class CanaryRecorder {

	private final Clock clock;

	private final Timer lag;

	private final Map<CanaryStep, Counter> failures = new EnumMap<>(CanaryStep.class);

	private volatile Instant returnedAt;

	CanaryRecorder(MeterRegistry registry, Clock clock) {
		this.clock = clock;
		this.returnedAt = clock.instant();
		this.lag = CanaryMeter.LAG.timer(registry);
		CanaryMeter.AGE.secondsGauge(registry, () -> ageMillis() / 1000.0);
		for (CanaryStep step : CanaryStep.values()) {
			this.failures.put(step, CanaryMeter.FAILURES.counter(registry, step.tag()));
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
