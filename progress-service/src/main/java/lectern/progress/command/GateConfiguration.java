package lectern.progress.command;

import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.eventlog.EventsByType;
import lectern.progress.pathprogress.PathMembershipProjection;
import lectern.progress.projection.ProcessManagerCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.postgreslog.LogNotifications;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs the process manager of gates. */
@Configuration(proxyBeanMethods = false)
class GateConfiguration {

	@Bean
	ProjectionRunner gateRunner(PathMembershipProjection memberships, ProjectionRunner projectionRunner,
			GateEvaluator gates, ProcessManagerCursors cursors, EventsByType events, LogNotifications notifications,
			Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(List.of(new GateProcessManager(memberships, projectionRunner, gates)), cursors,
				events.reader(GateProcessManager.TRIGGER_TYPES), notifications, ProjectionRunner.THROTTLE, clock,
				registry);
	}

}
