package lectern.acceptance;

/** The size of a test: small in every build, full with {@code mvn verify -Pproof}. */
public final class TestScale {

	private static final boolean FULL = Boolean.getBoolean("lectern.proof");

	private TestScale() {
	}

	public static boolean isFull() {
		return FULL;
	}

	/** Return the full or the small size. */
	public static int size(int full, int small) {
		return FULL ? full : small;
	}

	/** Print a measurement. */
	public static void report(String form, Object... measured) {
		System.out.println("acceptance: " + form.formatted(measured));
	}

}
