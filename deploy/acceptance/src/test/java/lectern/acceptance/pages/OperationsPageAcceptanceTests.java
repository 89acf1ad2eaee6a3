package lectern.acceptance.pages;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The page of operations. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class OperationsPageAcceptanceTests {

	private static final String CATALOG = "catalog-service";

	/** A service that was killed is started again after a while. */
	private static final LocatorAssertions.ContainsTextOptions RESTART = new LocatorAssertions.ContainsTextOptions()
		.setTimeout(180_000);

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void stoppedServiceIsShownAsDownAndThenAsBack(LecternInstance lectern) throws Exception {
		Page page = visitors.admin(lectern, Look.WIDE).open("/operations");
		Locator health = page.locator(".health");
		assertThat(health).containsText("All services are up");
		long killed = lectern.pid(CATALOG);

		lectern.kill(CATALOG);

		assertThat(health).containsText("catalog-service is down since");
		assertThat(page.locator("#service-catalog-service")).containsText("down");
		lectern.awaitRestart(CATALOG, killed);
		assertThat(health).containsText("All services are up", RESTART);
		assertThat(health.locator("ol")).containsText("catalog-service was down from");
		assertThat(health.locator("ol")).containsText("catalog-service was started at");
		assertThat(page.locator("#service-catalog-service")).containsText("up");
	}

	@Test
	void metersArePausedAndReadAsTableByKeyboardAlone(LecternInstance lectern) {
		Page page = visitors.admin(lectern, Look.NARROW).open("/operations");
		KeyboardUser user = new KeyboardUser(page);

		user.goTo(page.locator("summary:text('gateway as a table')")).press("Enter");
		assertThat(page.locator("table tbody tr:has-text('Open streams') td").nth(4))
			.hasText(Pattern.compile("^[1-9]"));
		user.goTo(page.locator("summary:has-text('Open streams')").first()).press("Enter");
		assertThat(page.locator(".query").first()).hasText("sum(lectern_stream_subscribers{job=\"gateway\"})");
		page.locator("h1").evaluate("(heading) => heading.focus()");
		user.goTo(page.locator("button:text('Pause')")).press("Enter");

		assertThat(page.locator("lectern-operations-page")).containsText("Paused at");
		assertThat(page.locator("button[aria-pressed=true]")).isFocused();
		user.press("Enter");
		assertThat(page.locator("lectern-operations-page")).containsText("As of");
	}

	@Test
	void readerFindsNoPageOfOperations(LecternInstance lectern) {
		Visitor reader = visitors.signedIn(lectern, new ReaderClient(lectern));
		Page page = reader.open("/operations");

		assertThat(page.locator("lectern-not-found")).isVisible();
		assertThat(page.locator(".shell-nav")).not().containsText("Operations");
	}

}
