package lectern.progress.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * Sorts the events of a reading by event time. Events with the same time are in the order
 * of the log.
 *
 * @param at the time of the event, or the earliest time for the start
 * @param version the version of the event in the stream of the reading
 */
public record EventTimeKey(Instant at, int version) implements Comparable<EventTimeKey> {

	private static final Comparator<EventTimeKey> ORDER = Comparator.comparing(EventTimeKey::at)
		.thenComparing(EventTimeKey::version);

	@Override
	public int compareTo(EventTimeKey other) {
		return ORDER.compare(this, other);
	}

}
