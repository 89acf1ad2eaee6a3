package lectern.progress.statistics;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import lectern.progress.log.EventLog;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.postgres.Feed;
import lectern.streaming.postgres.Wakeups;

/** What keeps statistics up. */
@Configuration(proxyBeanMethods = false)
class StatisticsConfiguration {

	@Bean
	ProjectionRunner readingTimesRunner(ReadingTimes times, ProjectionCursors cursors, EventLog log, Wakeups wakeups,
			Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(times, cursors, new Feed<>(log.all(), wakeups), clock, registry);
	}

}
