package lectern.acceptance.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** All tabs of a browser share two event streams, whichever tab holds them. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class SharedStreamsAcceptanceTests {

	private static final int TABS = 8;

	/** More than a heartbeat of the streams takes, and than the pages wait for one. */
	private static final int SILENCE_MILLIS = 36_000;

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void eightTabsAreLiveAndAnswerClicks(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Visitor visitor = visitors.signedIn(lectern, reader);
		List<ReaderTab> tabs = IntStream.range(0, TABS).mapToObj((_) -> ReaderTab.open(visitor, "/books")).toList();

		tabs.forEach(ReaderTab::awaitLive);
		awaitStreams(lectern);
		List<Long> millis = tabs.stream().map(SharedStreamsAcceptanceTests::clickAndAwaitAnswer).toList();

		System.out.println("acceptance: eight tabs answered a click after " + millis + " ms");
		tabs.forEach(ReaderTab::awaitLive);
		awaitStreams(lectern);
	}

	private static long clickAndAwaitAnswer(ReaderTab tab) {
		long start = System.nanoTime();
		tab.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Paths").setExact(true)).click();
		assertThat(tab.page().locator("lectern-paths-page ul.paths > li").first()).isVisible();
		return (System.nanoTime() - start) / 1_000_000;
	}

	/** Another client of this Lectern may still be about to leave. */
	private static void awaitStreams(LecternInstance lectern) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(
					() -> assertThat(lectern.sumMeter("gateway", "lectern_stream_subscribers", "")).isEqualTo(2));
	}

	@Test
	void tabsMissNothingWhenTheTabWithTheStreamsCloses(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		String reading = reader.startReading("fluent-python");
		Visitor visitor = visitors.signedIn(lectern, reader);
		AtomicReference<Page> leader = new AtomicReference<>();
		visitor.profile().onRequest((request) -> {
			if (request.url().contains("/events")) {
				leader.set(request.frame().page());
			}
		});
		List<ReaderTab> tabs = new ArrayList<>(
				IntStream.range(0, 4).mapToObj((_) -> ReaderTab.open(visitor, "/books").awaitLive()).toList());
		tabs.forEach(ReaderTab::follow);

		report(reader, reading);
		closeLeader(tabs, leader);
		report(reader, reading);
		closeLeader(tabs, leader);
		report(reader, reading);

		List<Integer> versions = IntStream.rangeClosed(2, 31).boxed().toList();
		assertThat(tabs).hasSize(2)
			.allSatisfy((tab) -> Awaitility.await()
				.atMost(HANG_LIMIT)
				.untilAsserted(() -> assertThat(tab.followedVersions()).hasToString(versions.toString())));
	}

	/** Close the tab with the streams, and wait until another one opens them. */
	private static void closeLeader(List<ReaderTab> tabs, AtomicReference<Page> leader) {
		Page closed = leader.get();
		assertThat(tabs.removeIf((tab) -> tab.page() == closed)).as("a tab holds the streams").isTrue();
		closed.close();
		tabs.getFirst().page().waitForCondition(() -> leader.get() != closed);
	}

	private static void report(ReaderClient reader, String reading) {
		IntStream.range(0, 10).forEach((_) -> reader.reportPosition(reading, Math.random()));
	}

	@Test
	void tabIsStaleWhileNoByteComesAndLiveAgainAfterwards(LecternInstance lectern) throws Exception {
		Visitor visitor = visitors.signedIn(lectern, new ReaderClient(lectern));
		visitor.profile().clock().install();
		ReaderTab tab = ReaderTab.open(visitor, "/books").awaitLive();

		lectern.suspend("gateway");
		try {
			tab.page().clock().fastForward(SILENCE_MILLIS);
			assertThat(tab.status("stale")).containsText("Stale, as of");
			assertThat(tab.status("live")).hasCount(0);
		}
		finally {
			lectern.resume("gateway");
		}

		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> {
			tab.page().clock().runFor(1_000);
			assertThat(tab.status("live").count()).isOne();
		});
	}

}
