package lectern.streaming;

/**
 * A log being followed: its latest frames, and how its events are shown.
 *
 * @param beginning any cursor of it
 */
record Live<E>(Cursor beginning, Ring<E> ring, EventEncoder<E> encoder) {

	/** The cursor of the latest event. */
	Cursor now() {
		return cursor(this.ring.last());
	}

	Cursor cursor(long position) {
		return this.beginning.at(position);
	}

	Frame frame(Entry<E> entry) {
		Cursor cursor = cursor(entry.position());
		return Frame.event(cursor, this.encoder.encode(cursor, entry));
	}

}
