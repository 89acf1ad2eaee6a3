package lectern.catalog.importing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.springframework.util.DigestUtils;

/**
 * The set of the ids in a body so far. It stores a 64-bit hash of each id in an open
 * addressing table, because a set of strings would take ten times the memory. Two
 * different ids among a million have the same hash once in about 30 million bodies; the
 * second one is then refused as a duplicate.
 */
final class DuplicateIdFilter {

	/** Their hashes take 32 MiB. */
	static final int MAX_IDS = 2_000_000;

	private static final long EMPTY = 0;

	private long[] slots = new long[1 << 10];

	private int size;

	/** Add an id; false if its kind and id were added before. */
	boolean add(DocumentHeader header) {
		if (this.size * 2 >= this.slots.length) {
			grow();
		}
		long hash = hash(header);
		int slot = slot(this.slots, hash);
		if (this.slots[slot] == hash) {
			return false;
		}
		this.slots[slot] = hash;
		this.size++;
		return true;
	}

	boolean isFull() {
		return this.size >= MAX_IDS;
	}

	private void grow() {
		long[] larger = new long[this.slots.length * 2];
		Arrays.stream(this.slots).filter((hash) -> hash != EMPTY).forEach((hash) -> larger[slot(larger, hash)] = hash);
		this.slots = larger;
	}

	/** The slot of a hash, or the free slot where it belongs (linear probing). */
	private static int slot(long[] slots, long hash) {
		int slot = (int) hash & (slots.length - 1);
		while (slots[slot] != EMPTY && slots[slot] != hash) {
			slot = (slot + 1) & (slots.length - 1);
		}
		return slot;
	}

	private static long hash(DocumentHeader header) {
		byte[] key = (header.kind() + "/" + header.id()).getBytes(StandardCharsets.UTF_8);
		long hash = ByteBuffer.wrap(DigestUtils.md5Digest(key)).getLong();
		return (hash != EMPTY) ? hash : 1;
	}

}
