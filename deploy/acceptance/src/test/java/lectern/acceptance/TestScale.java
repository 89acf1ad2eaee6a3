package lectern.acceptance;

/** How large a proof is: small in every build, full with {@code mvn verify -Pproof}. */
final class TestScale {

	private static final boolean FULL = Boolean.getBoolean("lectern.proof");

	private TestScale() {
	}

	static boolean isFull() {
		return FULL;
	}

	/** One of two sizes. */
	static int size(int full, int small) {
		return FULL ? full : small;
	}

	/** Print something that was measured. */
	static void report(String form, Object... measured) {
		System.out.println("acceptance: " + form.formatted(measured));
	}

}
