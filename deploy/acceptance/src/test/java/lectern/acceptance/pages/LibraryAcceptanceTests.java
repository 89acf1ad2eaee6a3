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

/** The list of books: search, facets, and what changes while somebody looks. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class LibraryAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void searchAndFacetAreInAddress(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books");

		searchField(page).pressSequentially("pytho");
		assertThat(page).hasURL(Pattern.compile("/books\\?q=pytho$"));
		assertThat(result(page, "Using Asyncio in Python")).isVisible();
		assertThat(searchField(page)).isFocused();
		Locator advanced = page.locator("lectern-facets")
			.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Advanced [1-9]")));
		advanced.click();

		assertThat(page).hasURL(Pattern.compile("/books\\?q=pytho&level=advanced$"));
		assertThat(result(page, "Using Asyncio in Python")).hasCount(0);
		assertThat(advanced).isFocused();
		page.reload();
		assertThat(searchField(page)).hasValue("pytho");
		page.goBack();
		assertThat(result(page, "Using Asyncio in Python")).isVisible();
		page.goBack();
		assertThat(searchField(page)).hasValue("");
		assertThat(page.locator("lectern-book-result").first()).isVisible();
	}

	@Test
	void newBooksWaitUntilTheyAreAskedFor(LecternInstance lectern) {
		Catalog catalog = new Catalog(lectern);
		Page page = open(catalog, visitors.visitor(lectern));
		assertThat(page.getByText("0 books")).isVisible();

		catalog.add("Added first");
		catalog.add("Added second");

		assertThat(page.getByText("2 new books")).isVisible();
		assertThat(page.locator("lectern-book-result")).hasCount(0);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show").setExact(true)).click();
		assertThat(result(page, "Added second")).isFocused();
		assertThat(result(page, "Added first")).isVisible();
	}

	@Test
	void shownBooksChangeWhereTheyAre(LecternInstance lectern) {
		Catalog catalog = new Catalog(lectern);
		String changed = catalog.add("Before the change");
		String removed = catalog.add("Before the removal");
		Page page = open(catalog, visitors.visitor(lectern));
		result(page, "Before the change").focus();

		catalog.rename(changed, "After the change");
		assertThat(result(page, "After the change")).isFocused();
		catalog.remove(removed);

		assertThat(page.locator("del").getByText("Before the removal")).isVisible();
		assertThat(page.getByText("Removed from the catalog")).isVisible();
	}

	@Test
	void bookIsFoundAndStartedWithKeyboardAlone(LecternInstance lectern) {
		Page page = visitors.signedIn(lectern, new ReaderClient(lectern)).open("/books");
		assertThat(page.locator("lectern-book-result").first()).isVisible();

		tabTo(page, searchField(page));
		page.keyboard().type("fluent");
		assertThat(page).hasURL(Pattern.compile("q=fluent$"));
		assertThat(result(page, "Using Asyncio in Python")).hasCount(0);
		tabTo(page, result(page, "Fluent Python"));
		page.keyboard().press("Enter");
		assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).isFocused();
		Locator start = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start reading"));
		assertThat(start).isVisible();
		tabTo(page, start);
		page.keyboard().press("Enter");

		assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Continue"))))
			.isFocused();
	}

	private static Page open(Catalog catalog, Visitor visitor) {
		Page page = visitor.open("/books?author=" + catalog.author());
		assertThat(page.locator("lectern-status-pill").getByText("Live")).isVisible();
		return page;
	}

	private static Locator searchField(Page page) {
		return page.getByRole(AriaRole.SEARCHBOX);
	}

	private static Locator result(Page page, String title) {
		return page.locator("lectern-book-result")
			.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(title));
	}

	/** Press Tab until an element has the focus. */
	private static void tabTo(Page page, Locator element) {
		for (int presses = 0; presses < 100; presses++) {
			if ((boolean) element.evaluate("(element) => element === document.activeElement")) {
				return;
			}
			page.keyboard().press("Tab");
		}
		assertThat(element).isFocused();
	}

	/** Books of an author whom no other test has. */
	private record Catalog(LecternInstance lectern, String author) {

		Catalog(LecternInstance lectern) {
			this(lectern, "Author-" + UUID.randomUUID());
		}

		String add(String title) {
			String book = UUID.randomUUID().toString();
			put(book, title, "If-None-Match");
			return book;
		}

		void rename(String book, String title) {
			put(book, title, "If-Match");
		}

		void remove(String book) {
			new CuratorClient(this.lectern).removeBook(book);
		}

		private void put(String book, String title, String precondition) {
			this.lectern.adminClient()
				.put()
				.uri("/api/v1/books/{book}", book)
				.header(precondition, "*")
				.bodyValue(Map.of("title", title, "authors", List.of(this.author)))
				.exchange()
				.expectStatus()
				.is2xxSuccessful();
		}

	}

}
