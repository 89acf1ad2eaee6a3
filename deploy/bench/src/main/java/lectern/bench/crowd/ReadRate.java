package lectern.bench.crowd;

/**
 * How fast a subscriber reads.
 *
 * @param bytesPerSecond 0 to read nothing after the response head
 */
public record ReadRate(int bytesPerSecond) {

	/** Reads all data immediately. */
	public static final ReadRate UNLIMITED = new ReadRate(Integer.MAX_VALUE);

	/** Reads nothing after the response head and stays connected. */
	public static final ReadRate NONE = new ReadRate(0);

	/**
	 * Return a limited rate; the receive buffer is then as small as the system allows.
	 */
	public static ReadRate ofBytesPerSecond(int bytesPerSecond) {
		return new ReadRate(bytesPerSecond);
	}

	boolean isLimited() {
		return this.bytesPerSecond != Integer.MAX_VALUE;
	}

	/** Return the size of one read; there are ten reads per second. */
	int bytesPerRead() {
		return Math.max(this.bytesPerSecond / 10, 1);
	}

	/** Return the delay between two reads. */
	long readDelayMillis() {
		return 1_000L * bytesPerRead() / Math.max(this.bytesPerSecond, 1);
	}

}
