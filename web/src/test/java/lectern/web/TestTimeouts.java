package lectern.web;

import java.time.Duration;

/** The limit of every wait in the tests. */
public final class TestTimeouts {

	/**
	 * The longest time that a test waits for an expected event. It only ends a test that
	 * would hang; a test must not fail because the machine is busy.
	 */
	public static final Duration HANG_LIMIT = Duration.ofSeconds(60);

	private TestTimeouts() {
	}

}
