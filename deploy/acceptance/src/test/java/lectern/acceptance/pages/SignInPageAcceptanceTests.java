package lectern.acceptance.pages;

import java.util.UUID;

import com.microsoft.playwright.Page;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** Registering, signing in and signing out on the pages. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class SignInPageAcceptanceTests {

	private static final String PASSWORD = "four words make it";

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void readerRegistersSignsOutAndSignsInByKeyboardAlone(LecternInstance lectern) {
		String handle = newHandle();
		Page page = visitors.visitor(lectern).open("/sign-in?next=%2Fme%2Faccount");
		KeyboardUser user = new KeyboardUser(page);

		user.goTo(page.locator(".sign-in a:text('Register')")).press("Enter");
		user.fill(page.getByLabel("Handle"), handle.toUpperCase());
		user.fill(page.getByLabel("Name"), "Ada");
		user.fill(page.locator("#password"), PASSWORD).press("Enter");
		assertThat(page).hasURL(lectern.url() + "/me/account");
		assertThat(page.locator("lectern-account-page h1")).hasText("Account");
		assertThat(page.locator("lectern-account-page")).containsText("Your handle is " + handle);

		user.goTo(page.locator("lectern-account-page > .actions button")).press("Enter");
		assertThat(page.locator(".shell-side")).containsText("Sign in");

		page.navigate(lectern.url() + "/me/account");
		assertThat(page).hasURL(lectern.url() + "/sign-in?next=%2Fme%2Faccount");
		user.fill(page.getByLabel("Handle"), handle);
		user.fill(page.locator("#password"), PASSWORD).press("Enter");
		assertThat(page).hasURL(lectern.url() + "/me/account");
	}

	@Test
	void wrongPasswordIsSaidInWords(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/sign-in");

		signIn(page, new ReaderClient(lectern).handle(), "not the password");

		assertThat(page.locator(".sign-in [role=alert]")).containsText("the password is wrong");
		assertThat(page.getByLabel("Handle")).not().hasValue("");
	}

	@Test
	void faultsOfRegistrationAreSaidAtTheirFields(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/sign-in?as=new");

		page.getByLabel("Handle").fill("no handle");
		page.locator("#password").fill("short");
		page.keyboard().press("Enter");

		assertThat(page.locator("#reader-fault")).containsText("letters a to z");
		assertThat(page.locator("#name-fault")).isVisible();
		assertThat(page.locator("#password-fault")).containsText("8 to 200");
		assertThat(page.getByLabel("Handle")).isFocused();
		assertThat(page.getByLabel("Handle")).hasAttribute("aria-describedby", "reader-hint reader-fault");
	}

	@Test
	void nextAddressOfAnotherOriginIsIgnored(LecternInstance lectern) {
		String handle = newHandle();
		Page page = visitors.visitor(lectern).open("/sign-in?as=new&next=%2F%2Fexample.org%2Fme");

		page.getByLabel("Handle").fill(handle);
		page.getByLabel("Name").fill("Ada");
		page.locator("#password").fill(PASSWORD);
		page.keyboard().press("Enter");

		assertThat(page.locator("lectern-home-page h1")).isVisible();
		assertThat(page).hasURL(lectern.url() + "/");
	}

	@Test
	void signOutEverywhereEndsOtherBrowser(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Page here = visitors.signedIn(lectern, reader).open("/me/account");
		Page there = visitors.signedIn(lectern, reader).open("/me");
		assertThat(there.locator("lectern-home-page")).containsText("You have not begun a book yet");

		here.locator("button:text('Sign out everywhere')").click();

		assertThat(here).hasURL(lectern.url() + "/sign-in");
		assertThat(there).hasURL(lectern.url() + "/sign-in?next=%2Fme");
		assertThat(there.locator(".sign-in")).containsText("You were signed out on another device");
	}

	private static void signIn(Page page, String handle, String password) {
		page.getByLabel("Handle").fill(handle);
		page.locator("#password").fill(password);
		page.keyboard().press("Enter");
	}

	private static String newHandle() {
		return "page-" + UUID.randomUUID().toString().substring(0, 8);
	}

}
