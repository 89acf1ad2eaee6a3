package lectern.progress.query;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.postgres.Feed;
import lectern.streaming.postgres.Wakeups;

/** Which views are kept. */
@Configuration(proxyBeanMethods = false)
class Views {

	@Bean
	ProjectionRunner currentReadingsRunner(CurrentReadings readings, ProjectionCursors cursors,
			Feed<StoredEvent> wholeLog, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(readings, cursors, wholeLog, clock, registry);
	}

	@Bean
	ProjectionRunner readingSnapshotsRunner(ReadingSnapshots snapshots, ProjectionCursors cursors, EventLog log,
			Wakeups wakeups, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(snapshots, cursors, new Feed<>(log.milestones(), wakeups), clock, registry);
	}

	@Bean
	ProjectionRunner timelinesRunner(Timelines timelines, ProjectionCursors cursors, EventLog log, Wakeups wakeups,
			Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(timelines, cursors, new Feed<>(log.milestones(), wakeups), clock, registry);
	}

}
