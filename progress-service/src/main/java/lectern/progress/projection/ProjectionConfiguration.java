package lectern.progress.projection;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.LogFollower;
import lectern.streaming.postgreslog.LogNotifications;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the feed of events for the projections. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

	/** Each projection applies a page in one transaction; large pages save commits. */
	private static final int PAGE_SIZE = 1024;

	/** The feed of all events, shared by the projections that apply every event. */
	@Bean
	LogFollower<StoredEvent> eventFeed(EventLog log, LogNotifications notifications) {
		return new LogFollower<>(new PageCache(log.readAll()), notifications, PAGE_SIZE);
	}

}
