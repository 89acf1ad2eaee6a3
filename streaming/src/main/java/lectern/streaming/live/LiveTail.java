package lectern.streaming.live;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEncoder;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseFrame;

/**
 * A log being followed: its latest frames, and how its events are shown.
 *
 * @param anyCursor any cursor of it
 */
record LiveTail<E>(Cursor anyCursor, FrameRingBuffer<E> ring, EventEncoder<E> encoder) {

	/** The cursor of the latest event. */
	Cursor lastCursor() {
		return cursor(this.ring.lastPosition());
	}

	Cursor cursor(long position) {
		return this.anyCursor.at(position);
	}

	SseFrame frame(EventEnvelope<E> entry) {
		Cursor cursor = cursor(entry.position());
		return SseFrame.event(cursor, this.encoder.encode(cursor, entry));
	}

}
