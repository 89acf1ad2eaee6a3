package lectern.bench.crowd;

/**
 * How fast a subscriber reads.
 *
 * @param bytesPerSecond 0 for one that reads nothing after the head of the answer
 */
public record ReadRate(int bytesPerSecond) {

	/** Reads whatever comes at once. */
	public static final ReadRate UNLIMITED = new ReadRate(Integer.MAX_VALUE);

	/** Reads nothing after the head of the answer, and stays connected. */
	public static final ReadRate NONE = new ReadRate(0);

	/** Reads slowly, with as small a receive buffer as the system gives. */
	public static ReadRate ofBytesPerSecond(int bytesPerSecond) {
		return new ReadRate(bytesPerSecond);
	}

	boolean isLimited() {
		return this.bytesPerSecond != Integer.MAX_VALUE;
	}

	/** The most that one of ten reads a second may take. */
	int bytesPerRead() {
		return Math.max(this.bytesPerSecond / 10, 1);
	}

	/** The pause between two reads. */
	long readDelayMillis() {
		return 1_000L * bytesPerRead() / Math.max(this.bytesPerSecond, 1);
	}

}
