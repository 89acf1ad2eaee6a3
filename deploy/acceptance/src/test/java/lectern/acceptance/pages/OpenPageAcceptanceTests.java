package lectern.acceptance.pages;

import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import lectern.acceptance.CuratorClient;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import lectern.acceptance.ServiceTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What happens in a page that stays open. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class OpenPageAcceptanceTests {

	private static final String COOKIE = "lectern-token";

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void newBookIsOfferedWithoutReload(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books");
		assertThat(page.locator(".status-pill[data-state=live]")).isVisible();
		page.evaluate("() => { window.notReloaded = true; }");
		String title = "Written at " + System.nanoTime();

		new CuratorClient(lectern).saveBook("written-at-" + System.nanoTime(), title);
		assertThat(page.locator("lectern-new-books button").first()).isVisible();
		page.locator("lectern-new-books .new-books-bar button").click();

		assertThat(page.locator("lectern-new-books lectern-book-result").filter(containing(title))).isVisible();
		assertThat((boolean) page.evaluate("() => window.notReloaded")).isTrue();
	}

	@Test
	void newTitleOfShownBookIsShownWithoutReload(LecternInstance lectern) {
		String book = "renamed-" + System.nanoTime();
		new CuratorClient(lectern).saveBook(book, "Before");
		Page page = visitors.visitor(lectern).open("/books/" + book);
		assertThat(page.locator("h1")).containsText("Before");
		assertThat(page.locator(".status-pill[data-state=live]")).isVisible();

		new CuratorClient(lectern).updateBook(book, "After");

		assertThat(page.locator("h1")).containsText("After");
	}

	@Test
	void pageGoesOnWhenItsTokenHasExpired(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		Visitor visitor = visitors.signedIn(lectern, reader);
		Page page = visitor.open("/books/fluent-python");
		assertThat(page.locator("lectern-start-reading button")).isVisible();
		String expired = new ServiceTokens(lectern).expired(reader.token());
		setCookie(visitor, lectern, expired);

		page.locator("lectern-start-reading button").click();

		assertThat(page.locator("lectern-start-reading a")).hasText("Continue · 0%");
		// The page shows the reading before the service has answered.
		page.waitForCondition(() -> !cookie(visitor).equals(expired));
		setCookie(visitor, lectern, expired);
		page.reload();
		assertThat(page.locator("lectern-start-reading a")).hasText("Continue · 0%");
	}

	private static String cookie(Visitor visitor) {
		return visitor.profile()
			.cookies()
			.stream()
			.filter((cookie) -> cookie.name.equals(COOKIE))
			.map((cookie) -> cookie.value)
			.findFirst()
			.orElse("");
	}

	private static void setCookie(Visitor visitor, LecternInstance lectern, String token) {
		visitor.profile().addCookies(List.of(new Cookie(COOKIE, token).setUrl(lectern.url()).setHttpOnly(true)));
	}

	private static Locator.FilterOptions containing(String text) {
		return new Locator.FilterOptions().setHasText(text);
	}

}
