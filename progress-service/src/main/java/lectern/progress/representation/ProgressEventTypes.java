package lectern.progress.representation;

import lectern.progress.eventlog.EventTypes;
import lectern.progress.model.PathEvent.GatePassed;
import lectern.progress.model.PathEvent.GateWaived;
import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.PathEvent.PathLeft;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
import lectern.progress.model.ReadingEvent.ReadingStarted;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Maps the event classes to their stored type names. The names are also part of the API
 * and never change.
 */
@Configuration(proxyBeanMethods = false)
public class ProgressEventTypes {

	/** The type name of {@link PositionReported}. */
	public static final String POSITION_REPORTED = "position-reported";

	@Bean
	EventTypes eventTypes() {
		return registered();
	}

	/** Return all event types that this service stores. */
	public static EventTypes registered() {
		return new EventTypes().with("reading-started", ReadingStarted.class)
			.with(POSITION_REPORTED, PositionReported.class)
			.with("reading-finished", ReadingFinished.class)
			.with("reading-reopened", ReadingReopened.class)
			.with("reading-abandoned", ReadingAbandoned.class)
			.with("reading-resumed", ReadingResumed.class)
			.with("position-restored", PositionRestored.class)
			.with("plan-set", PlanSet.class)
			.with("path-joined", PathJoined.class)
			.with("path-left", PathLeft.class)
			.with("gate-passed", GatePassed.class)
			.with("gate-waived", GateWaived.class);
	}

}
