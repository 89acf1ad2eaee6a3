package lectern.progress.projection;

import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.RecentEvents;
import lectern.streaming.postgreslog.LogNotifications;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs the projections that are beans: those that need all events. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

	@Bean
	ProjectionRunner projectionRunner(List<Projection> projections, ProjectionCursors cursors, EventLog log,
			RecentEvents recentEvents, LogNotifications notifications, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(projections, cursors, recentEvents.orElse(log.readAll()), notifications,
				ProjectionRunner.THROTTLE, clock, registry);
	}

}
