package lectern.web;

import java.time.Duration;

/** The one limit of waiting in the tests. */
public final class TestTimeouts {

	/**
	 * How long a test waits for what must happen. It only ends a test that would hang:
	 * what is slow on a busy machine is not wrong.
	 */
	public static final Duration HANG_LIMIT = Duration.ofSeconds(60);

	private TestTimeouts() {
	}

}
