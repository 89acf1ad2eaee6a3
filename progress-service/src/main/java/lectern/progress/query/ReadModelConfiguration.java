package lectern.progress.query;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.log.LogFollower;
import lectern.streaming.postgreslog.LogNotifications;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The runners of the read models' projections. */
@Configuration(proxyBeanMethods = false)
class ReadModelConfiguration {

	@Bean
	ProjectionRunner currentReadingsRunner(CurrentReadings readings, ProjectionCursors cursors,
			LogFollower<StoredEvent> wholeLog, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(readings, cursors, wholeLog, clock, registry);
	}

	@Bean
	ProjectionRunner readingSnapshotsRunner(ReadingSnapshots snapshots, ProjectionCursors cursors, EventLog log,
			LogNotifications notifications, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(snapshots, cursors, new LogFollower<>(log.checkpoints(), notifications), clock,
				registry);
	}

	@Bean
	ProjectionRunner timelinesRunner(TimelineProjection timelines, ProjectionCursors cursors, EventLog log,
			LogNotifications notifications, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(timelines, cursors, new LogFollower<>(log.checkpoints(), notifications), clock,
				registry);
	}

}
