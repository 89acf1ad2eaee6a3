package lectern.acceptance.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The page of a learning path. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class PathAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void gateThatOpensElsewhereOpensHereAndIsSaidOnce(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Page page = visitors.signedIn(lectern, reader).open("/paths/temporal-architect");
		button(page, "Join this path").click();
		assertThat(gate(page, "The Architecture of State")).containsText("Closed");

		reader.finish("fluent-python");
		assertThat(gate(page, "The Illusion of the Single Thread")).containsText("Finished");
		reader.finish("using-asyncio-in-python");

		assertThat(gate(page, "The Architecture of State")).containsText("Open");
		assertThat(gate(page, "The Illusion of the Single Thread")).containsText("Passed");
		assertThat(page.locator(".notice")).hasCount(1);
		assertThat(page.locator("#announcements")).hasText("The gate “The Architecture of State” is open.");
		button(page, "Dismiss").click();
		assertThat(page.locator(".notice")).hasCount(0);
	}

	@Test
	void pathIsJoinedAndLeft(LecternInstance lectern) {
		Page page = visitors.signedIn(lectern, new ReaderClient(lectern)).open("/paths/temporal-architect");

		button(page, "Join this path").click();
		assertThat(page.getByText("0 of 3 gates passed")).isVisible();
		button(page, "Leave this path").click();

		assertThat(button(page, "Join this path")).isFocused();
		assertThat(gate(page, "The Architecture of State")).not().containsText("Closed");
	}

	private static Locator gate(Page page, String title) {
		return page.locator("li.gate")
			.filter(new Locator.FilterOptions()
				.setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title))));
	}

	private static Locator button(Page page, String name) {
		return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
	}

}
