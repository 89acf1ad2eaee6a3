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
public record EventTimeKey(Instant at, int version) implements Comparable<EventTimeKey> {

	private static final Comparator<EventTimeKey> ORDER = Comparator.comparing(EventTimeKey::at)
		.thenComparing(EventTimeKey::version);

	@Override
	public int compareTo(EventTimeKey other) {
		return ORDER.compare(this, other);
	}

}
