package lectern.streaming.replay;

import java.time.Instant;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventReader;
import org.jspecify.annotations.Nullable;

/**
 * A part of the past, to be played back.
 *
 * @param eventReader gives the events that are played, alone
 * @param from the cursor that it begins after
 * @param to the cursor of the last event that may be played
 * @param pacedFrom when the event at the beginning was received, after which the first is
 * due as any other; null if the first is due at once
 * @param speed how many times as fast as it was; {@link #UNPACED} for as fast as the
 * client takes it
 * @param sessionEnd when the right to read ends; null if it does not
 */
public record ReplayRequest<E>(EventReader<E> eventReader, Cursor from, Cursor to, @Nullable Instant pacedFrom,
		double speed, @Nullable Instant sessionEnd) {

	/** Nothing is waited for but the client. */
	public static final double UNPACED = Double.POSITIVE_INFINITY;

	/** Whether there is nothing to be played. */
	boolean isEmpty() {
		return this.from.position() >= this.to.position();
	}

}
