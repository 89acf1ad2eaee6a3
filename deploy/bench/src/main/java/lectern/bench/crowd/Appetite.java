package lectern.bench.crowd;

/**
 * How fast a subscriber reads.
 *
 * @param bytesPerSecond 0 for one that reads nothing after the head of the answer
 */
public record Appetite(int bytesPerSecond) {

	/** Reads whatever comes at once. */
	public static final Appetite ALL = new Appetite(Integer.MAX_VALUE);

	/** Reads nothing after the head of the answer, and stays connected. */
	public static final Appetite NONE = new Appetite(0);

	/** Reads slowly, with as small a receive buffer as the system gives. */
	public static Appetite slow(int bytesPerSecond) {
		return new Appetite(bytesPerSecond);
	}

	boolean limited() {
		return this.bytesPerSecond != Integer.MAX_VALUE;
	}

	/** The most that one of ten reads a second may take. */
	int sip() {
		return Math.max(this.bytesPerSecond / 10, 1);
	}

	/** The pause between two reads. */
	long pauseMillis() {
		return 1_000L * sip() / Math.max(this.bytesPerSecond, 1);
	}

}
