package lectern.progress.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;

/**
 * Gives the events of a reading their places in time, as they come in.
 *
 * <p>
 * A start comes before everything: what is reported from before it has begun then. What
 * readers say of the reading itself stays in the order in which it was said, should the
 * clocks of two nodes differ: nothing is reopened before it is finished.
 */
public final class Timeline {

	/** No event is older. */
	public static final Instant START = Instant.EPOCH;

	private final List<EventTimeKey> occurrences;

	private Instant lastStatusAt;

	/**
	 * A part of a timeline that goes on.
	 * @param occurrences of events that have their place already
	 * @param said the time of the last word on the reading itself among all that have;
	 * {@link #START} if there is none
	 */
	public Timeline(List<EventTimeKey> occurrences, Instant said) {
		this.occurrences = new ArrayList<>(occurrences);
		this.lastStatusAt = said;
	}

	/**
	 * Give the next event of the log its place.
	 * @return the place
	 */
	public EventTimeKey add(int version, ReadingEvent event) {
		EventTimeKey occurrence = new EventTimeKey(at(event), version);
		this.occurrences.add(occurrence);
		return occurrence;
	}

	private Instant at(ReadingEvent event) {
		return switch (event) {
			case ReadingStarted _ -> START;
			case PositionReported reported -> reported.occurredAt();
			default -> {
				this.lastStatusAt = event.occurredAt().isBefore(this.lastStatusAt) ? this.lastStatusAt
						: event.occurredAt();
				yield this.lastStatusAt;
			}
		};
	}

	/** The time of the last word on the reading itself. */
	public Instant lastStatusAt() {
		return this.lastStatusAt;
	}

	/** All of this part, in the order of time. */
	public List<EventTimeKey> sorted() {
		return this.occurrences.stream().sorted().toList();
	}

}
