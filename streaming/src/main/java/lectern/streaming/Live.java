package lectern.streaming;

import java.util.List;

/**
 * A log being followed: where it stands and its latest frames.
 *
 * @param opened the cursor at which following began
 */
record Live<E>(Cursor opened, Ring<E> ring, EventEncoder<E> encoder) {

	/** The cursor of the latest event. */
	Cursor now() {
		return this.opened.at(this.ring.last());
	}

	void add(List<Entry<E>> page) {
		this.ring.add(page.stream().map((entry) -> new Ring.Slot<>(entry, frame(entry))).toList());
	}

	Frame frame(Entry<E> entry) {
		Cursor cursor = this.opened.at(entry.position());
		return Frame.event(cursor, this.encoder.encode(cursor, entry));
	}

}
