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
	public static final Instant BEGINNING = Instant.EPOCH;

	private final List<Occurrence> occurrences;

	private Instant said;

	/**
	 * A part of a timeline that goes on.
	 * @param occurrences of events that have their place already
	 * @param said the time of the last word on the reading itself among all that have;
	 * {@link #BEGINNING} if there is none
	 */
	public Timeline(List<Occurrence> occurrences, Instant said) {
		this.occurrences = new ArrayList<>(occurrences);
		this.said = said;
	}

	/**
	 * Give the next event of the log its place.
	 * @return the place
	 */
	public Occurrence add(int version, ReadingEvent event) {
		Occurrence occurrence = new Occurrence(at(event), version);
		this.occurrences.add(occurrence);
		return occurrence;
	}

	private Instant at(ReadingEvent event) {
		return switch (event) {
			case ReadingStarted _ -> BEGINNING;
			case PositionReported reported -> reported.occurredAt();
			default -> {
				this.said = event.occurredAt().isBefore(this.said) ? this.said : event.occurredAt();
				yield this.said;
			}
		};
	}

	/** The time of the last word on the reading itself. */
	public Instant said() {
		return this.said;
	}

	/** All of this part, in the order of time. */
	public List<Occurrence> inOrder() {
		return this.occurrences.stream().sorted().toList();
	}

}
