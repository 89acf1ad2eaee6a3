package lectern.progress.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * When an event of a reading occurred. In order, they are the reading as it went; what
 * occurred at once is in the order of the log.
 *
 * @param at in the order of time; of a start before everything
 * @param version the event's place in the reading
 */
public record Occurrence(Instant at, int version) implements Comparable<Occurrence> {

	private static final Comparator<Occurrence> ORDER = Comparator.comparing(Occurrence::at)
		.thenComparing(Occurrence::version);

	@Override
	public int compareTo(Occurrence other) {
		return ORDER.compare(this, other);
	}

}
