package lectern.acceptance.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** Ways from one page to another: links, Back, reload. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class NavigationAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/books                    | Library
			/books/fluent-python      | Fluent Python
			/paths                    | Paths
			/paths/temporal-architect | The Temporal Architect
			/now                      | Now
			/sign-in                  | Sign in
			""")
	void pageIsSameByLinkAndAfterReloadAndBack(String address, String heading, LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open(address);
		assertShown(page, heading);

		page.reload();
		assertShown(page, heading);
		Locator brand = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Lectern").setExact(true));
		brand.click();
		assertShown(page, "Library");
		page.goBack();

		assertShown(page, heading);
		assertThat(page).hasURL(lectern.url() + address);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/me                         | My reading
			/me/year                    | My year of reading
			/me/account                 | Account
			/operations                 | Operations
			/curate/imports             | Imports
			/curate/books/fluent-python | Edit a book
			""")
	void pageOfReaderIsSameAfterReloadAndBack(String address, String heading, LecternInstance lectern) {
		Page page = visitors.admin(lectern, Look.WIDE).open(address);
		assertThat(page.locator("h1")).hasText(heading);

		page.reload();
		assertThat(page.locator("h1")).hasText(heading);
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Paths").setExact(true)).click();
		assertShown(page, "Paths");
		page.goBack();

		assertThat(page.locator("h1")).hasText(heading);
		assertThat(page).hasURL(lectern.url() + address);
	}

	@Test
	void linkMovesFocusToHeading(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books");

		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Paths")).click();

		assertThat(page.locator("h1")).isFocused();
		assertThat(page.locator("h1")).hasText("Paths");
	}

	@Test
	void firstTabLeadsToSkipLink(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books");
		assertShown(page, "Library");

		page.keyboard().press("Tab");
		assertThat(page.getByText("Skip to the page")).isFocused();
		page.keyboard().press("Enter");

		assertThat(page.getByRole(AriaRole.MAIN)).isFocused();
	}

	@Test
	void chosenColoursAreKept(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books");

		page.getByLabel("Colours").selectOption("Dark");
		assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
		page.reload();

		assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
		assertThat(page.locator("html")).hasCSS("background-color", "rgb(25, 23, 19)");
	}

	private static void assertShown(Page page, String heading) {
		assertThat(page.locator("h1")).hasText(heading);
		assertThat(page).hasTitle(heading + " · Lectern");
	}

}
