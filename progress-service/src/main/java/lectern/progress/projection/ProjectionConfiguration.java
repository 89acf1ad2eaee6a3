package lectern.progress.projection;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.streaming.postgres.Feed;
import lectern.streaming.postgres.Wakeups;

/** What views are told of. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

	/** Each page is a transaction of each view, whose commit is to be worth it. */
	private static final int PAGE = 1024;

	/** The log, as all views that are told every event follow it. */
	@Bean
	Feed<StoredEvent> wholeLog(EventLog log, Wakeups wakeups) {
		return new Feed<>(new SharedPages(log.all()), wakeups, PAGE);
	}

}
