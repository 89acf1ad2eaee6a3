package lectern.acceptance.pages;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import lectern.acceptance.CuratorClient;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The page of a book. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class BookAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void pressingStartTwiceMakesOneReading(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Page page = visitors.signedIn(lectern, reader).open("/books/fluent-python");
		Locator start = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start reading"));
		assertThat(start).isVisible();

		page.waitForResponse("**/readers/" + reader.handle() + "/readings",
				() -> start.evaluate("(button) => { button.click(); button.click(); }"));

		assertThat(continuation(page)).hasText(Pattern.compile("0"));
		page.reload();
		assertThat(continuation(page)).isVisible();
		assertThat(page.locator("lectern-book-readings li")).hasCount(1);
	}

	@Test
	void continuationFollowsReportOfOtherDevice(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		String reading = reader.startReading("fluent-python");
		Page page = visitors.signedIn(lectern, reader).open("/books/fluent-python");
		assertThat(continuation(page)).isVisible();

		reader.reportPosition(reading, 0.42);

		assertThat(continuation(page)).hasText(Pattern.compile("42"));
	}

	@Test
	void deadWayIsStruckAndSaid(LecternInstance lectern) {
		String book = save(lectern,
				Map.of("title", "With a dead way", "freeAccess",
						List.of(Map.of("kind", "open-access", "url", "https://example.org/dead", "state", "dead",
								"checkedAt", "2026-11-03T00:00:00Z", "condition", "An account is needed"),
								Map.of("kind", "trial", "url", "https://example.org/trial", "condition", "10 days"))));

		Page page = visitors.visitor(lectern).open("/books/" + book);

		assertThat(page.locator("del").getByText("example.org/dead")).isVisible();
		assertThat(page.getByText(Pattern.compile("Found dead on .*2026"))).isVisible();
		assertThat(page.getByText("An account is needed")).isVisible();
		assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Trial"))).isVisible();
	}

	@Test
	void removalIsSaidOnOpenPage(LecternInstance lectern) {
		String book = save(lectern, Map.of("title", "Soon removed"));
		Page page = visitors.visitor(lectern).open("/books/" + book);
		assertThat(page.locator("lectern-status-pill").getByText("Live")).isVisible();

		new CuratorClient(lectern).removeBook(book);

		assertThat(page.locator("h1 del")).hasText("Soon removed");
		assertThat(page.locator(".notice")).containsText("removed from the catalog");
		page.reload();
		assertThat(page.locator("h1")).hasText("There is no such book");
	}

	private static Locator continuation(Page page) {
		return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Continue")));
	}

	private static String save(LecternInstance lectern, Map<String, ?> content) {
		String book = UUID.randomUUID().toString();
		lectern.adminClient()
			.put()
			.uri("/api/v1/books/{book}", book)
			.header("If-None-Match", "*")
			.bodyValue(content)
			.exchange()
			.expectStatus()
			.isCreated();
		return book;
	}

}
