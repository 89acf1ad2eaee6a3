package lectern.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The streams as a browser's own EventSource sees them, and the page made of them. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class BrowserAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static Chromium chromium;

	@BeforeAll
	static void startBrowser() throws Exception {
		chromium = Chromium.start();
	}

	@AfterAll
	static void stopBrowser() {
		if (chromium != null) {
			chromium.close();
		}
	}

	@AfterEach
	void closePages() {
		chromium.closePages();
	}

	@Test
	void isOpenBeforeAnythingHappens(Lectern lectern) {
		PageStream stream = PageStream.in(chromium.open(lectern.url()), EVENTS).awaitOpen(1);

		assertThat(stream.seen()).isEmpty();
	}

	@Test
	void anEventIsAMessageWithItsId(Lectern lectern) {
		PageStream stream = PageStream.in(chromium.open(lectern.url()), EVENTS).awaitOpen(1);

		String cursor = new Curator(lectern).write("in-a-browser", "Written at " + System.nanoTime());

		assertThat(stream.awaitId(cursor, HANG_LIMIT)).singleElement().satisfies((event) -> {
			assertThat(event.isMessage()).isTrue();
			assertThat(event.json().path("book").asString()).isEqualTo("in-a-browser");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "catalog-service", "gateway" })
	void missesNothingAndSeesNothingTwiceWhenSomethingIsKilled(String program, Lectern lectern) throws Exception {
		PageStream stream = PageStream.in(chromium.open(lectern.url()), EVENTS).awaitOpen(1);
		Curator curator = Curator.straightTo("catalog-service", lectern);
		Supplier<String> write = () -> curator.write("by-a-browser", "Written at " + System.nanoTime());
		List<String> written = new ArrayList<>(List.of(write.get()));
		stream.awaitId(written.getFirst(), HANG_LIMIT);

		written.addAll(new Outage(lectern, program, write).cursors());

		assertThat(stream.awaitId(written.getLast(), Lectern.RESTART)).extracting(Seen::id)
			.containsExactlyElementsOf(written);
		System.out.printf("acceptance: %s killed: EventSource gave up %d times%n", program, stream.gaveUp());
	}

	@Test
	void aResetIsAnEventOfThatName(Lectern lectern) {
		PageStream stream = PageStream.in(chromium.open(lectern.url()), EVENTS + "?after=nonsense");

		Seen reset = stream.awaitNamed("reset");
		assertThat(reset.id()).isNotEmpty();
		assertThat(reset.json().path("read").asString()).isEqualTo("/api/v1/books");
	}

	/** Asked of the service itself: the gateway may well keep its clients connected. */
	@Test
	void anEndIsAnEventOfThatNameAfterWhichItComesBack(Lectern lectern) throws Exception {
		PageStream stream = PageStream.in(chromium.open(lectern.url("catalog-service") + "/api/v1/books"), EVENTS)
			.awaitOpen(1);
		long ended = lectern.pid("catalog-service");

		lectern.terminate("catalog-service");

		assertThat(stream.awaitNamed("end").json().path("reason").asString()).isEqualTo("drain");
		lectern.awaitRestart("catalog-service", ended);
		stream.awaitOpen(2);
		assertThat(stream.seen()).hasSize(1);
	}

	@Test
	void thePageShowsANewBookWithoutBeingAskedTo(Lectern lectern) {
		Page page = chromium.open(lectern.url());
		assertThat(page.locator("#live")).hasText("live", within());
		page.evaluate("() => { window.notReloaded = true; }");
		String title = "Written at " + System.nanoTime();

		new Curator(lectern).write("on-the-page", title);

		assertThat(page.locator("#book-on-the-page h3")).hasText(title, within());
		assertThat((boolean) page.evaluate("() => window.notReloaded")).isTrue();
	}

	@Test
	void whatIsReadOnOneScreenIsOnEveryOther(Lectern lectern) {
		String handle = "reader-" + Long.toString(System.nanoTime(), 36);
		Page one = signedIn(chromium.open(lectern.url()), handle, "Register");
		Page other = signedIn(chromium.open(lectern.url()), handle, "Sign in");

		one.locator("#q").fill("Fluent Python");
		one.locator("#book-fluent-python button").click();
		assertThat(other.locator("#readings output")).hasText("0 %", within());
		one.locator("#readings input").fill("42");

		assertThat(other.locator("#readings output")).hasText("42 %", within());
	}

	private static Page signedIn(Page page, String handle, String button) {
		page.locator("[name=reader]").fill(handle);
		page.locator("[name=password]").fill("a password of " + handle);
		page.locator("#sign-in button").filter(new Locator.FilterOptions().setHasText(button)).click();
		assertThat(page.locator("#sign-in")).isHidden();
		return page;
	}

	private static LocatorAssertions.HasTextOptions within() {
		return new LocatorAssertions.HasTextOptions().setTimeout(HANG_LIMIT.toMillis());
	}

}
