package lectern.acceptance.pages;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What addresses of the pages lead to. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class DeepLinkAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void firstPageOfVisitorIsLibrary(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/");

		assertThat(page.locator("lectern-library-page h1")).isVisible();
	}

	@Test
	void unknownAddressIsPageThatSaysSo(LecternInstance lectern) {
		Visitor visitor = visitors.visitor(lectern);
		Page page = visitor.open("/");

		Response response = page.navigate(lectern.url() + "/nowhere");

		assertThat(response.status()).isEqualTo(404);
		assertThat(page.locator("h1")).hasCount(1);
		assertThat(page.locator("lectern-not-found")).isVisible();
		visitor.expectFault("404 (Not Found)");
	}

	@Test
	void searchAtFirstPageLeadsToLibrary(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/?q=python");

		assertThat(page).hasURL(lectern.url() + "/books?q=python");
	}

}
