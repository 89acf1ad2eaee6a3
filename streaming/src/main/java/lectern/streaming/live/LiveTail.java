package lectern.streaming.live;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventJsonEncoder;
import lectern.streaming.sse.SseFrame;

/**
 * The latest part of a log that is being followed: its frames, and the encoder of its
 * events.
 *
 * @param initialHead the head of the log when it began to be followed
 */
record LiveTail<E>(Cursor initialHead, FrameRingBuffer<E> ring, EventJsonEncoder<E> encoder) {

	/** The cursor of the latest event. */
	Cursor lastCursor() {
		return cursor(this.ring.lastPosition());
	}

	/** The cursor of a position. */
	Cursor cursor(long position) {
		return this.initialHead.at(position);
	}

	/** Whether an event came after the log began to be followed. */
	boolean isNew(EventEnvelope<E> envelope) {
		return envelope.position() > this.initialHead.position();
	}

	/** Encode an event; the caller has to release the frame. */
	SseFrame frame(EventEnvelope<E> envelope) {
		Cursor cursor = cursor(envelope.position());
		return SseFrame.event(cursor, this.encoder.encode(cursor, envelope));
	}

	/** Create a frame that is encoded at its first use; the caller has to release it. */
	SseFrame lazyFrame(EventEnvelope<E> envelope) {
		Cursor cursor = cursor(envelope.position());
		return SseFrame.lazyEvent(cursor, () -> this.encoder.encode(cursor, envelope));
	}

}
