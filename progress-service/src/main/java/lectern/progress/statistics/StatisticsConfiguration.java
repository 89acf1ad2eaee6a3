package lectern.progress.statistics;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.log.LogFollower;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The runner of the statistics' projection. */
@Configuration(proxyBeanMethods = false)
class StatisticsConfiguration {

	@Bean
	ProjectionRunner readingTimesRunner(ReadingTimes times, ProjectionCursors cursors,
			LogFollower<StoredEvent> wholeLog, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(times, cursors, wholeLog, clock, registry);
	}

}
