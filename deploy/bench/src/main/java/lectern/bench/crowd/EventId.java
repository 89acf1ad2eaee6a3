package lectern.bench.crowd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The id of an event in a byte array that is reused: to keep an id, copy it. Comparing
 * ids allocates nothing.
 */
public final class EventId {

	private byte[] bytes = new byte[32];

	private int length;

	EventId() {
	}

	void set(byte[] source, int from, int to) {
		int size = to - from;
		if (size > this.bytes.length) {
			this.bytes = new byte[Math.max(size, this.bytes.length * 2)];
		}
		System.arraycopy(source, from, this.bytes, 0, size);
		this.length = size;
	}

	void set(EventId other) {
		set(other.bytes, 0, other.length);
	}

	boolean isEmpty() {
		return this.length == 0;
	}

	/** Return whether the id equals the one that was copied. */
	public boolean matches(byte[] copy) {
		return Arrays.equals(this.bytes, 0, this.length, copy, 0, copy.length);
	}

	/** Return a copy of the id's bytes. */
	public byte[] copy() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	@Override
	public String toString() {
		return new String(this.bytes, 0, this.length, StandardCharsets.UTF_8);
	}

}
