package lectern.acceptance.pages;

import java.time.Duration;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader does on several pages, with the keyboard alone: every control is reached
 * by the tab key.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class KeyboardStoryAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	private PastReading reading;

	private Visitor visitor;

	private Page page;

	private KeyboardUser user;

	@BeforeEach
	void openPageOfReading(LecternInstance lectern) {
		this.reading = new PastReading(lectern, "Notes on the engine", 3).report(0.31, Duration.ofDays(1), "phone")
			.report(0.9, Duration.ofHours(1), "tablet");
		this.visitor = visitors.signedIn(lectern, this.reading.reader());
		open(this.reading.address());
		assertThat(slider(this.page, "Time")).hasAttribute("aria-busy", "false");
	}

	private void open(String address) {
		this.page = this.visitor.open(address);
		this.user = new KeyboardUser(this.page);
	}

	private static Locator slider(Page page, String name) {
		return page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	private Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	private void activate(String button) {
		this.user.goTo(button(button)).press("Enter");
	}

	@Test
	void lostPlaceIsFoundAndRestored() {
		this.user.goTo(slider(this.page, "Time")).press("Shift+ArrowLeft");
		assertThat(slider(this.page, "Time")).hasAttribute("aria-valuetext", Pattern.compile(".*31%.*"));
		activate("Restore this place");

		assertThat(this.page.getByText("Back at 31%")).isVisible();
		this.page.waitForCondition(() -> this.reading.place() == 0.31);
		assertThat(button("Undo")).isFocused();
		this.user.press("Enter");
		this.page.waitForCondition(() -> this.reading.place() == 0.9);
	}

	@Test
	void reportsMadeOfflineAreListedAndSentLater() {
		Locator place = this.page.getByLabel("Place in the book");
		Locator waiting = new ReaderTab(this.page).status("waiting");
		this.user.goTo(place);
		this.visitor.offline(true);
		for (int report = 1; report <= 3; report++) {
			this.user.press("ArrowRight").press("Enter");
			assertThat(waiting).hasText(report + " waiting");
		}
		this.user.goTo(waiting).press("Enter");
		Locator dialog = this.page.getByRole(AriaRole.DIALOG);
		assertThat(dialog.locator(".outbox-item")).hasCount(3);
		this.user.press("Escape");
		assertThat(waiting).isFocused();

		this.visitor.offline(false);
		this.page.reload();

		new ReaderTab(this.page).awaitSent();
		assertThat(place).hasValue("93");
		this.page.waitForCondition(() -> this.reading.place() == 0.93);
		assertThat(this.reading.reports()).isEqualTo(5);
	}

	@Test
	void placeOfAnotherBrowserIsOfferedAndTaken(LecternInstance lectern) {
		Page phone = visitors.signedIn(lectern, this.reading.reader()).open(this.reading.address());
		this.user.goTo(this.page.getByLabel("Place in the book"));
		new KeyboardUser(phone).goTo(phone.getByLabel("Place in the book")).press("ArrowRight").press("Enter");
		assertThat(this.page.getByText("says 91%")).isVisible();
		activate("Take it");
		assertThat(this.page.getByLabel("Place in the book")).hasValue("91");

		open("/me/account");
		activate("Sign out everywhere");

		this.page.waitForURL("**/sign-in");
		assertThat(new ReaderTab(phone).status("signed-out")).isVisible();
	}

	@Test
	void readingIsGivenUpResumedFinishedAndReadAgain() {
		activate("Give it up");
		activate("Resume");
		activate("I have finished it");
		assertThat(this.page.locator("lectern-place")).containsText("Finished");
		activate("Read it again");

		this.page.waitForURL((url) -> !url.endsWith(this.reading.address()));
		assertThat(this.page.getByLabel("Place in the book")).hasValue("0");
		assertThat(this.page.locator("h1")).hasText("Notes on the engine");
	}

	@Test
	void pathIsJoinedFollowedAndLeft() {
		open("/paths/temporal-architect");
		activate("Join this path");
		assertThat(this.page.getByText("0 of 3 gates passed")).isVisible();
		this.reading.reader().finish("fluent-python");
		this.reading.reader().finish("using-asyncio-in-python");
		assertThat(this.page.locator("#announcements")).hasText("The gate “The Architecture of State” is open.");
		activate("Dismiss");
		assertThat(this.page.locator(".notice")).hasCount(0);
		activate("Leave this path");

		assertThat(button("Join this path")).isFocused();
	}

}
