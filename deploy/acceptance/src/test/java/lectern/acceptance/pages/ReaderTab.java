package lectern.acceptance.pages;

import java.time.Duration;
import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.awaitility.Awaitility;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * A tab in which a reader is signed in. Its commands go through the outbox of the pages,
 * as those of its buttons do.
 */
record ReaderTab(Page page) {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	static ReaderTab open(Visitor visitor, String address) {
		return new ReaderTab(visitor.open(address));
	}

	/** What the header says about the connection, while it is in a state. */
	Locator status(String state) {
		return this.page.locator("lectern-status-pill .status-pill[data-state='" + state + "']");
	}

	ReaderTab awaitLive() {
		assertThat(status("live")).isVisible();
		return this;
	}

	/** Report positions one after the other, without waiting until they are sent. */
	void report(String reading, Double... fractions) {
		this.page.evaluate("""
				async ([reading, fractions]) => {
				  const { sendCommand } = await import('/assets/kit/outbox.js');
				  for (const fraction of fractions) {
				    sendCommand({ type: 'report', reading, fraction }).catch(() => {});
				    await new Promise((resolve) => setTimeout(resolve, 20));
				  }
				}""", List.of(reading, List.of(fractions)));
	}

	/** Wait until nothing that the reader did in this browser waits to be sent. */
	void awaitSent() {
		await("""
				async () => {
				  const { outboxOf } = await import('/assets/kit/outbox-database.js');
				  const { session } = await import('/assets/kit/session.js');
				  return (await outboxOf(session.value.reader)).every(({ state }) => state === 'refused');
				}""", List.of());
	}

	/** Wait until the pages show the position of a reading. */
	void awaitPosition(String reading, double fraction) {
		await("""
				async ([reading, fraction]) => {
				  const { readings } = await import('/assets/kit/readings.js');
				  return readings.get(reading)?.position?.fraction === fraction;
				}""", List.of(reading, fraction));
	}

	/** Unlike a wait of Playwright, this one waits for the promise of the script. */
	private void await(String condition, List<?> arguments) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(POLL_INTERVAL)
			.until(() -> this.page.evaluate(condition, arguments), Boolean.TRUE::equals);
	}

	/** Follow the stream of the reader from now on; see {@link #followedVersions}. */
	void follow() {
		this.page.evaluate("""
				async () => {
				  const { follow } = await import('/assets/kit/live.js');
				  window.followedVersions = [];
				  const subscription = follow('reader', {
				    event: ({ version }) => followedVersions.push(version),
				    reset: () => followedVersions.push(-1),
				  });
				  await subscription.ready;
				  subscription.start();
				}""");
	}

	/**
	 * The versions of the events that have come; -1 where the page was told that some are
	 * missing.
	 */
	List<?> followedVersions() {
		return (List<?>) this.page.evaluate("() => followedVersions");
	}

}
