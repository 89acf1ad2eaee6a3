package lectern.streaming.replay;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEncoder;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.sse.SseFrame;

/**
 * Events of a playback that are written at once, since they are due at once.
 *
 * @param dueMillis milliseconds after the beginning
 * @param position of the last of them
 */
record ReplayBatch(byte[] bytes, int count, double dueMillis, long position) {

	/**
	 * Milliseconds that nobody notices, and that keep a fast playback from many writes.
	 */
	private static final double MERGE_WINDOW_MILLIS = 10;

	/** Bytes that most events take; room for less would be made again and again. */
	private static final int EXPECTED_EVENT_BYTES = 768;

	/** The bars of events in their order; none for none. */
	static <E> List<ReplayBatch> of(List<EventEnvelope<E>> entries, Cursor any, EventEncoder<E> encoder,
			ReplayPacing tempo) {
		List<ReplayBatch> bars = new ArrayList<>();
		ByteArrayOutputStream frames = new ByteArrayOutputStream(entries.size() * EXPECTED_EVENT_BYTES);
		double begun = 0;
		int count = 0;
		for (int at = 0; at < entries.size(); at++) {
			EventEnvelope<E> entry = entries.get(at);
			double due = tempo.dueMillis(entry.receivedAt());
			if (count > 0 && due - begun > MERGE_WINDOW_MILLIS) {
				bars.add(new ReplayBatch(frames.toByteArray(), count, begun, entries.get(at - 1).position()));
				frames.reset();
				count = 0;
			}
			begun = (count == 0) ? due : begun;
			Cursor cursor = any.at(entry.position());
			SseFrame.writeEvent(cursor, encoder.encode(cursor, entry), frames);
			count++;
		}
		if (count > 0) {
			bars.add(new ReplayBatch(frames.toByteArray(), count, begun, entries.getLast().position()));
		}
		return bars;
	}

}
