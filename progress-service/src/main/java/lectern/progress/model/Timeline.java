package lectern.progress.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

/**
 * Assigns each event of a reading its place in the order of event time.
 *
 * <p>
 * The start sorts before all other events, also before reports about an earlier time.
 * Events that change the status of the reading keep the order of the log even if the
 * clocks of two nodes differ, so that a reading is never reopened before it is finished.
 */
public final class Timeline {

	/** The time of the start; no event is older. */
	public static final Instant START = Instant.EPOCH;

	private final List<EventTimeKey> keys;

	private Instant lastStatusAt;

	/**
	 * Create a part of a timeline, to which events can be added.
	 * @param keys the keys of the events in this part
	 * @param lastStatusAt the time of the last event added so far that changed the status
	 * of the reading; {@link #START} if there is none
	 */
	public Timeline(List<EventTimeKey> keys, Instant lastStatusAt) {
		this.keys = new ArrayList<>(keys);
		this.lastStatusAt = lastStatusAt;
	}

	/**
	 * Add the next event of the log.
	 * @return the place of the event in the order of event time
	 */
	public EventTimeKey add(int version, ReadingEvent event) {
		EventTimeKey key = new EventTimeKey(at(event), version);
		this.keys.add(key);
		return key;
	}

	private Instant at(ReadingEvent event) {
		return switch (event) {
			case ReadingStarted _ -> START;
			case PositionReported _, PositionRestored _, PlanSet _, PlanRemoved _, ReadingEditionChanged _ ->
				event.occurredAt();
			case ReadingFinished _, ReadingAbandoned _, ReadingReopened _, ReadingResumed _, ReadingRemoved _,
					ReadingReturned _ -> {
				this.lastStatusAt = event.occurredAt().isBefore(this.lastStatusAt) ? this.lastStatusAt
						: event.occurredAt();
				yield this.lastStatusAt;
			}
		};
	}

	/** The time of the last event that changed the status of the reading. */
	public Instant lastStatusAt() {
		return this.lastStatusAt;
	}

	/** The keys of this part in the order of event time. */
	public List<EventTimeKey> sorted() {
		return this.keys.stream().sorted().toList();
	}

}
