package lectern.streaming.replay;

import java.time.Instant;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventReader;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;

/**
 * A part of the past to replay.
 *
 * @param eventReader reads only the events to replay
 * @param from the cursor before the first event
 * @param to the cursor of the last event
 * @param pacedFrom when the event before the first was received, from which the first is
 * paced like all others; null if the first is due at once
 * @param speed how many times as fast as the events were received; {@link #UNPACED} for
 * as fast as the client reads
 * @param session the session with which the replay ends; null if there is none
 */
public record ReplayRequest<E>(EventReader<E> eventReader, Cursor from, Cursor to, @Nullable Instant pacedFrom,
		double speed, @Nullable TokenSession session) {

	/** The speed without pauses. */
	public static final double UNPACED = Double.POSITIVE_INFINITY;

	/** Whether the range has no position. */
	boolean isEmpty() {
		return this.from.position() >= this.to.position();
	}

}
