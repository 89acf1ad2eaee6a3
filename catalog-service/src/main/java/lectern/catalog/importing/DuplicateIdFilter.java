package lectern.catalog.importing;

import java.util.Arrays;

/**
 * The ids that a body has had so far, by 64 bits of each: of a million, two that are not
 * the same are taken for it once in some 30 million bodies. A set of the ids themselves
 * would take ten times the memory.
 */
final class DuplicateIdFilter {

	/** More are not remembered: together they take 32 MiB. */
	static final int MAX_IDS = 2_000_000;

	private static final long EMPTY = 0;

	private long[] slots = new long[1 << 10];

	private int size;

	/** Whether it is the first of its kind and id. */
	boolean add(DocumentHeader label) {
		if (this.size * 2 >= this.slots.length) {
			grow();
		}
		long print = fingerprint(label);
		int slot = slot(this.slots, print);
		if (this.slots[slot] == print) {
			return false;
		}
		this.slots[slot] = print;
		this.size++;
		return true;
	}

	boolean isFull() {
		return this.size >= MAX_IDS;
	}

	private void grow() {
		long[] larger = new long[this.slots.length * 2];
		Arrays.stream(this.slots)
			.filter((print) -> print != EMPTY)
			.forEach((print) -> larger[slot(larger, print)] = print);
		this.slots = larger;
	}

	private static int slot(long[] slots, long print) {
		int slot = (int) (print >>> 32) & (slots.length - 1);
		while (slots[slot] != EMPTY && slots[slot] != print) {
			slot = (slot + 1) & (slots.length - 1);
		}
		return slot;
	}

	/** FNV-1a, mixed once more as in SplitMix64. */
	private static long fingerprint(DocumentHeader label) {
		long hash = 0xcbf29ce484222325L ^ label.type().ordinal();
		for (int at = 0; at < label.id().length(); at++) {
			hash = (hash ^ label.id().charAt(at)) * 0x100000001b3L;
		}
		hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
		hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
		hash ^= hash >>> 31;
		return (hash != EMPTY) ? hash : 1;
	}

}
