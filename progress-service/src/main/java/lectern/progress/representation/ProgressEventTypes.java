package lectern.progress.representation;

import lectern.progress.eventlog.CanaryEvent;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.ReaderErased;
import lectern.progress.model.PathEvent.GatePassed;
import lectern.progress.model.PathEvent.GateWaived;
import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.PathEvent.PathLeft;
import lectern.progress.model.ReadingEvent.PlanRemoved;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import lectern.progress.model.ReadingEvent.ReadingStarted;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Maps the event classes to their stored type names. The names are also part of the API
 * and never change.
 */
@Configuration(proxyBeanMethods = false)
public class ProgressEventTypes {

	/** The type name of {@link ReadingStarted}. */
	public static final String READING_STARTED = "reading-started";

	/** The type name of {@link PositionReported}. */
	public static final String POSITION_REPORTED = "position-reported";

	/** The type name of {@link ReadingFinished}. */
	public static final String READING_FINISHED = "reading-finished";

	/** The type name of {@link ReadingReopened}. */
	public static final String READING_REOPENED = "reading-reopened";

	/** The type name of {@link ReadingRemoved}. */
	public static final String READING_REMOVED = "reading-removed";

	/** The type name of {@link ReadingReturned}. */
	public static final String READING_RETURNED = "reading-returned";

	/** The type name of {@link PathJoined}. */
	public static final String PATH_JOINED = "path-joined";

	/** The type name of {@link PathLeft}. */
	public static final String PATH_LEFT = "path-left";

	/** The type name of {@link GatePassed}. */
	public static final String GATE_PASSED = "gate-passed";

	/** The type name of {@link GateWaived}. */
	public static final String GATE_WAIVED = "gate-waived";

	@Bean
	EventTypes eventTypes() {
		return registered();
	}

	/** Return all event types that this service stores. */
	public static EventTypes registered() {
		return new EventTypes().with(READING_STARTED, ReadingStarted.class)
			.with(POSITION_REPORTED, PositionReported.class)
			.with(READING_FINISHED, ReadingFinished.class)
			.with(READING_REOPENED, ReadingReopened.class)
			.with("reading-abandoned", ReadingAbandoned.class)
			.with("reading-resumed", ReadingResumed.class)
			.with("position-restored", PositionRestored.class)
			.with("plan-set", PlanSet.class)
			.with("plan-removed", PlanRemoved.class)
			.with(READING_REMOVED, ReadingRemoved.class)
			.with(READING_RETURNED, ReadingReturned.class)
			.with("reading-edition-changed", ReadingEditionChanged.class)
			.with(PATH_JOINED, PathJoined.class)
			.with(PATH_LEFT, PathLeft.class)
			.with(GATE_PASSED, GatePassed.class)
			.with(GATE_WAIVED, GateWaived.class)
			.with(ReaderErased.TYPE, ReaderErased.class)
			.with(CanaryEvent.TYPE, CanaryEvent.class);
	}

}
