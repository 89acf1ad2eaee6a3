package lectern.progress.query;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.eventlog.EventLog;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.postgreslog.LogNotifications;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs the projection of timelines. */
@Configuration(proxyBeanMethods = false)
class ReadModelConfiguration {

	/** While the newest segment is missing, queries read a little more of the log. */
	private static final Duration TIMELINE_THROTTLE = Duration.ofMillis(150);

	/**
	 * A runner of its own: it needs one of a hundred events, and when an event arrives
	 * late its updates take longer than those of the other read models.
	 */
	@Bean
	ProjectionRunner timelineRunner(TimelineSegments segments, ProjectionCursors cursors, EventLog log,
			LogNotifications notifications, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(List.of(new TimelineProjection(segments, log)), cursors, log.checkpoints(),
				notifications, TIMELINE_THROTTLE, clock, registry);
	}

}
