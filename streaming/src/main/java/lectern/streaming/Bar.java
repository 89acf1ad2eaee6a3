package lectern.streaming;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of a playback that are written at once, since they are due at once.
 *
 * @param due milliseconds after the beginning
 * @param position of the last of them
 */
record Bar(byte[] frames, int count, double due, long position) {

	/**
	 * Milliseconds that nobody notices, and that keep a fast playback from many writes.
	 */
	private static final double AT_ONCE = 10;

	/** Bytes that most events take; room for less would be made again and again. */
	private static final int EXPECTED = 768;

	/** The bars of events in their order; none for none. */
	static <E> List<Bar> of(List<Entry<E>> entries, Cursor any, EventEncoder<E> encoder, Tempo tempo) {
		List<Bar> bars = new ArrayList<>();
		ByteArrayOutputStream frames = new ByteArrayOutputStream(entries.size() * EXPECTED);
		double begun = 0;
		int count = 0;
		for (int at = 0; at < entries.size(); at++) {
			Entry<E> entry = entries.get(at);
			double due = tempo.due(entry.receivedAt());
			if (count > 0 && due - begun > AT_ONCE) {
				bars.add(new Bar(frames.toByteArray(), count, begun, entries.get(at - 1).position()));
				frames.reset();
				count = 0;
			}
			begun = (count == 0) ? due : begun;
			Cursor cursor = any.at(entry.position());
			Frame.write(cursor, encoder.encode(cursor, entry), frames);
			count++;
		}
		if (count > 0) {
			bars.add(new Bar(frames.toByteArray(), count, begun, entries.getLast().position()));
		}
		return bars;
	}

}
