package lectern.progress.projection;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.Feed;
import lectern.streaming.postgreslog.LogNotifications;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What views are told of. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

	/** Each page is a transaction of each view, whose commit is to be worth it. */
	private static final int PAGE_SIZE = 1024;

	/** The log, as all views that are told every event follow it. */
	@Bean
	Feed<StoredEvent> eventFeed(EventLog log, LogNotifications wakeups) {
		return new Feed<>(new PageCache(log.readAll()), wakeups, PAGE_SIZE);
	}

}
