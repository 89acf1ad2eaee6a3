package lectern.progress.document;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import lectern.progress.log.EventTypes;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;

/** Gives the events of readings the names they are stored and shown under, for ever. */
@Configuration(proxyBeanMethods = false)
public class ReadingEventTypes {

	@Bean
	EventTypes eventTypes() {
		return registered();
	}

	/** All types of events that a log of this service can have. */
	public static EventTypes registered() {
		return new EventTypes().with("reading-started", ReadingStarted.class)
			.with("position-reported", PositionReported.class);
	}

}
