package lectern.streaming.replay;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventJsonEncoder;
import lectern.streaming.sse.SseFrame;

/**
 * Events of a replay that are due at the same time and are written at once.
 *
 * @param bytes the encoded frames
 * @param count the number of events
 * @param dueMillis milliseconds after the start of the replay
 * @param position the position of the last event
 */
record ReplayBatch(byte[] bytes, int count, double dueMillis, long position) {

	/** Events this close together count as simultaneous, which saves many writes. */
	private static final double MERGE_WINDOW_MILLIS = 10;

	/** Most events are smaller, so the buffer rarely has to grow. */
	private static final int EXPECTED_EVENT_BYTES = 768;

	/**
	 * Divide events into batches.
	 * @param anyCursor any cursor of the log, for its epoch
	 * @return in order; empty if there are no events
	 */
	static <E> List<ReplayBatch> of(List<EventEnvelope<E>> envelopes, Cursor anyCursor, EventJsonEncoder<E> encoder,
			ReplayPacing pacing) {
		List<ReplayBatch> batches = new ArrayList<>();
		ByteArrayOutputStream frames = new ByteArrayOutputStream(envelopes.size() * EXPECTED_EVENT_BYTES);
		double batchDue = 0;
		int count = 0;
		for (int index = 0; index < envelopes.size(); index++) {
			EventEnvelope<E> envelope = envelopes.get(index);
			double due = pacing.dueMillis(envelope.receivedAt());
			if (count > 0 && due - batchDue > MERGE_WINDOW_MILLIS) {
				batches
					.add(new ReplayBatch(frames.toByteArray(), count, batchDue, envelopes.get(index - 1).position()));
				frames.reset();
				count = 0;
			}
			batchDue = (count == 0) ? due : batchDue;
			Cursor cursor = anyCursor.at(envelope.position());
			SseFrame.writeEvent(cursor, encoder.encode(cursor, envelope), frames);
			count++;
		}
		if (count > 0) {
			batches.add(new ReplayBatch(frames.toByteArray(), count, batchDue, envelopes.getLast().position()));
		}
		return batches;
	}

}
