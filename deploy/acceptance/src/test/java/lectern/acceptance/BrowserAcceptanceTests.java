package lectern.acceptance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The streams as received by a browser's EventSource, and the page that describes the
 * API.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class BrowserAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	/** A page of this origin that follows no stream itself. */
	private static final String PAGE = "/problems";

	private static final String COOKIE = "lectern-token";

	@RegisterExtension
	static final BrowserExtension browser = new BrowserExtension();

	@Test
	void eventSourceOpensBeforeFirstEvent(LecternInstance lectern) {
		BrowserStreamClient stream = BrowserStreamClient.connect(browser.openPage(lectern.url() + PAGE), EVENTS)
			.awaitOpen(1);

		assertThat(stream.receivedEvents()).isEmpty();
	}

	@Test
	void eventIsDeliveredAsMessageWithId(LecternInstance lectern) {
		BrowserStreamClient stream = BrowserStreamClient.connect(browser.openPage(lectern.url() + PAGE), EVENTS)
			.awaitOpen(1);

		String cursor = new CuratorClient(lectern).saveBook("in-a-browser", "Written at " + System.nanoTime());

		assertThat(stream.awaitEventWithId(cursor, HANG_LIMIT)).singleElement().satisfies((event) -> {
			assertThat(event.isMessage()).isTrue();
			assertThat(event.dataAsJson().path("book").asString()).isEqualTo("in-a-browser");
		});
	}

	@Test
	void unreadableCursorDeliversResetEvent(LecternInstance lectern) {
		BrowserStreamClient stream = BrowserStreamClient.connect(browser.openPage(lectern.url() + PAGE),
				EVENTS + "?lastEventId=nonsense");

		ReceivedEvent reset = stream.awaitEventNamed("reset");
		assertThat(reset.id()).isNotEmpty();
		assertThat(reset.dataAsJson().path("read").asString()).isEqualTo("/api/v1/books");
	}

	/** Asks the service itself, because the gateway may keep its clients connected. */
	@Test
	void drainDeliversEndEventAndEventSourceReconnects(LecternInstance lectern) throws Exception {
		BrowserStreamClient stream = BrowserStreamClient
			.connect(browser.openPage(lectern.url("catalog-service") + "/api/v1/books"), EVENTS)
			.awaitOpen(1);
		long ended = lectern.pid("catalog-service");

		lectern.terminate("catalog-service");

		assertThat(stream.awaitEventNamed("end").dataAsJson().path("reason").asString()).isEqualTo("drain");
		lectern.awaitRestart("catalog-service", ended);
		stream.awaitOpen(2);
		// A browser that comes back while the service is still stopping receives the end
		// again.
		assertThat(stream.receivedEvents()).extracting(ReceivedEvent::name).containsOnly("end");
	}

	@Test
	void apiIsReadAndTriedUnderStrictPolicy(LecternInstance lectern) {
		new CuratorClient(lectern).saveBook("tried-out", "A book to try");
		Page page = browser.openPage(lectern.url() + PAGE);
		List<String> violations = new CopyOnWriteArrayList<>();
		page.onConsoleMessage((message) -> {
			// The viewer has two icons as data, which the policy blocks without harm.
			if (message.text().contains("Content Security Policy") && !message.text().contains("img-src")) {
				violations.add(message.text());
			}
		});

		page.navigate(lectern.url() + "/docs#/Books/getBook");
		Locator operation = page.locator("#operations-Books-getBook");
		operation.locator(".try-out__btn").click();
		operation.locator("input[placeholder=book]").fill("tried-out");
		operation.locator(".execute").click();

		assertThat(operation.locator(".live-responses-table .response-col_status").last()).containsText("200");
		assertThat(operation.locator(".live-responses-table")).containsText("A book to try");
		assertThat(violations).isEmpty();
	}

	/** Such clients have come back 75 times in a minute. */
	@Test
	void eventSourceGivesUpAfterOneRequestWhenTheReaderHasSignedOut(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Page page = browser.openPage(lectern.url() + PAGE);
		page.context().addCookies(List.of(new Cookie(COOKIE, reader.token()).setUrl(lectern.url()).setHttpOnly(true)));
		AtomicInteger requests = new AtomicInteger();
		page.onRequest((request) -> requests.addAndGet(request.url().endsWith(reader.streamPath()) ? 1 : 0));
		page.evaluate("(url) => { window.source = new EventSource(url); }", reader.streamPath());
		page.waitForFunction("() => window.source.readyState === EventSource.OPEN");

		lectern.anonymousClient()
			.delete()
			.uri("/api/v1/tokens/current")
			.headers((headers) -> headers.setBearerAuth(reader.token()))
			.exchange()
			.expectStatus()
			.isNoContent();

		page.waitForFunction("() => window.source.readyState === EventSource.CLOSED");
		assertThat(requests).as("the first connection, and the attempt to connect again").hasValue(2);
	}

}
