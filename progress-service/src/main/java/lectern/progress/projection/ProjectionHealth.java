package lectern.progress.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells when a projection cannot follow the log. A restart would not help, so this is
 * part of readiness alone.
 */
@Component("projections")
class ProjectionHealth implements HealthIndicator {

	/** Longer than a restart of the database takes, which has its own indicator. */
	private static final Duration MAX_FAILURE = Duration.ofSeconds(30);

	private final List<ProjectionRunner> runners;

	private final Clock clock;

	ProjectionHealth(List<ProjectionRunner> runners, Clock clock) {
		this.runners = List.copyOf(runners);
		this.clock = clock;
	}

	@Override
	public Health health() {
		Instant now = this.clock.instant();
		List<String> failing = this.runners.stream()
			.flatMap((runner) -> runner.failingFor(MAX_FAILURE, now).stream())
			.toList();
		return failing.isEmpty() ? Health.up().build() : Health.outOfService().withDetail("failing", failing).build();
	}

}
