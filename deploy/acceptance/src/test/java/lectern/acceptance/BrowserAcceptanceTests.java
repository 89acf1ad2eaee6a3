package lectern.acceptance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The streams as received by a browser's EventSource, and the page that shows them. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class BrowserAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String COOKIE = "lectern-token";

	@RegisterExtension
	static final BrowserExtension browser = new BrowserExtension();

	@Test
	void eventSourceOpensBeforeFirstEvent(LecternInstance lectern) {
		BrowserStreamClient stream = BrowserStreamClient.connect(browser.openPage(lectern.url()), EVENTS).awaitOpen(1);

		assertThat(stream.receivedEvents()).isEmpty();
	}

	@Test
	void eventIsDeliveredAsMessageWithId(LecternInstance lectern) {
		BrowserStreamClient stream = BrowserStreamClient.connect(browser.openPage(lectern.url()), EVENTS).awaitOpen(1);

		String cursor = new CuratorClient(lectern).saveBook("in-a-browser", "Written at " + System.nanoTime());

		assertThat(stream.awaitEventWithId(cursor, HANG_LIMIT)).singleElement().satisfies((event) -> {
			assertThat(event.isMessage()).isTrue();
			assertThat(event.dataAsJson().path("book").asString()).isEqualTo("in-a-browser");
		});
	}

	@Test
	void unreadableCursorDeliversResetEvent(LecternInstance lectern) {
		BrowserStreamClient stream = BrowserStreamClient.connect(browser.openPage(lectern.url()),
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
	void pageShowsNewBookWithoutReload(LecternInstance lectern) {
		Page page = browser.openPage(lectern.url());
		assertThat(page.locator("#live")).hasText("live", hasTextTimeout());
		page.evaluate("() => { window.notReloaded = true; }");
		String title = "Written at " + System.nanoTime();

		new CuratorClient(lectern).saveBook("on-the-page", title);

		assertThat(page.locator("#book-on-the-page h3")).hasText(title, hasTextTimeout());
		assertThat((boolean) page.evaluate("() => window.notReloaded")).isTrue();
	}

	@Test
	void apiIsReadAndTriedUnderStrictPolicy(LecternInstance lectern) {
		new CuratorClient(lectern).saveBook("tried-out", "A book to try");
		Page page = browser.openPage(lectern.url() + "/problems");
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

	@Test
	void positionIsSynchronizedBetweenPages(LecternInstance lectern) {
		String handle = "reader-" + Long.toString(System.nanoTime(), 36);
		Page one = signIn(browser.openPage(lectern.url()), handle, "Register");
		Page other = signIn(browser.openPage(lectern.url()), handle, "Sign in");

		one.locator("#q").fill("Fluent Python");
		one.locator("#book-fluent-python button").click();
		assertThat(other.locator("#readings output")).hasText("0 %", hasTextTimeout());
		one.locator("#readings input").fill("42");

		assertThat(other.locator("#readings output")).hasText("42 %", hasTextTimeout());
	}

	@Test
	void pageGoesOnWhenItsTokenHasExpired(LecternInstance lectern) throws Exception {
		Page page = signIn(browser.openPage(lectern.url()), "expired-" + Long.toString(System.nanoTime(), 36),
				"Register");
		String expired = new ServiceTokens(lectern).expired(cookie(page).value);
		page.context().addCookies(List.of(new Cookie(COOKIE, expired).setUrl(lectern.url()).setHttpOnly(true)));

		page.locator("#q").fill("Fluent Python");
		page.locator("#book-fluent-python button").click();

		assertThat(page.locator("#readings output")).hasText("0 %", hasTextTimeout());
		assertThat(cookie(page).value).isNotEqualTo(expired);
		page.context().addCookies(List.of(new Cookie(COOKIE, expired).setUrl(lectern.url()).setHttpOnly(true)));
		page.reload();
		assertThat(page.locator("#readings output")).hasText("0 %", hasTextTimeout());
		assertThat(page.locator("#sign-in")).isHidden();
	}

	/** Such clients have come back 75 times in a minute. */
	@Test
	void eventSourceGivesUpAfterOneRequestWhenTheReaderHasSignedOut(LecternInstance lectern) {
		String handle = "signed-out-" + Long.toString(System.nanoTime(), 36);
		Page page = signIn(browser.openPage(lectern.url()), handle, "Register");
		String token = cookie(page).value;
		String stream = "/api/v1/readers/" + handle + "/events";
		page.navigate(lectern.url() + "/problems");
		AtomicInteger requests = new AtomicInteger();
		page.onRequest((request) -> requests.addAndGet(request.url().endsWith(stream) ? 1 : 0));
		page.evaluate("(url) => { window.source = new EventSource(url); }", stream);
		page.waitForFunction("() => window.source.readyState === EventSource.OPEN");

		lectern.anonymousClient()
			.delete()
			.uri("/api/v1/tokens/current")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isNoContent();

		page.waitForFunction("() => window.source.readyState === EventSource.CLOSED");
		assertThat(requests).as("the first connection, and the attempt to connect again").hasValue(2);
	}

	private static Cookie cookie(Page page) {
		return page.context()
			.cookies()
			.stream()
			.filter((cookie) -> cookie.name.equals(COOKIE))
			.findFirst()
			.orElseThrow();
	}

	private static Page signIn(Page page, String handle, String button) {
		page.locator("[name=reader]").fill(handle);
		page.locator("[name=password]").fill("a password of " + handle);
		page.locator("#sign-in button").filter(new Locator.FilterOptions().setHasText(button)).click();
		assertThat(page.locator("#sign-in")).isHidden();
		return page;
	}

	private static LocatorAssertions.HasTextOptions hasTextTimeout() {
		return new LocatorAssertions.HasTextOptions().setTimeout(HANG_LIMIT.toMillis());
	}

}
