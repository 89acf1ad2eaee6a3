package lectern.acceptance.pages;

import java.nio.file.Files;
import java.util.Map;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.http.HttpStatusCode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The page of the account. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class AccountPageAcceptanceTests {

	private static final String ADDRESS = "/me/account";

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void keyIsShownOnceAndWorksUntilItIsRevoked(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Page page = visitors.signedIn(lectern, reader).open(ADDRESS);
		KeyboardUser user = new KeyboardUser(page);

		user.fill(page.getByLabel("Name of the new key"), "<img src=x onerror=alert(1)>").press("Enter");

		String secret = page.locator(".secret").innerText();
		assertThat(page.locator(".secret")).isFocused();
		assertThat(page.locator("lectern-keys .rows")).containsText("<img src=x onerror=alert(1)>");
		assertThat(status(lectern, reader, secret)).isEqualTo(HttpStatusCode.valueOf(200));
		page.reload();
		assertThat(page.locator("lectern-keys .rows")).containsText("last used");
		assertThat(page.locator(".secret")).hasCount(0);
		user.goTo(page.locator("lectern-keys .rows button")).press("Enter");
		assertThat(page.locator("lectern-keys")).containsText("There are no keys.");
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(status(lectern, reader, secret)).isEqualTo(HttpStatusCode.valueOf(401)));
	}

	@Test
	void exportContainsEventsOfReader(LecternInstance lectern) throws Exception {
		ReaderClient reader = new ReaderClient(lectern);
		String reading = reader.startReading("fluent-python");
		reader.reportPosition(reading, 0.42);
		Page page = visitors.signedIn(lectern, reader).open(ADDRESS);

		Download download = page.waitForDownload(() -> page.locator("a:text('Download')").click());

		assertThat(download.suggestedFilename()).isEqualTo("lectern-" + reader.handle() + ".ndjson");
		assertThat(Files.readAllLines(download.path())).hasSize(3)
			.anySatisfy((line) -> assertThat(line).contains("reading-started", reading))
			.anySatisfy((line) -> assertThat(line).contains("position-reported", "0.42"));
	}

	@Test
	void changeThatWasMadeElsewhereIsShownAndKept(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Page page = visitors.signedIn(lectern, reader).open(ADDRESS);
		assertThat(page.locator("#name")).hasValue(reader.handle());
		change(reader, Map.of("name", "Theirs", "policy", "furthest"));

		page.locator("#name").fill("Mine");
		page.locator("#zone").selectOption("Asia/Tokyo");
		page.locator("lectern-profile-form button").click();

		assertThat(page.locator("lectern-conflict")).containsText("Theirs");
		assertThat(page.locator("lectern-conflict")).containsText("The furthest place counts.");
		page.locator("lectern-conflict input[value=mine]").check();
		page.locator("button:text('Save this')").click();
		assertThat(page.locator("lectern-profile-form [role=status]")).hasText("Saved");
		assertThat(page.locator(".shell-side")).containsText("Mine");
		reader.client()
			.get()
			.uri("/api/v1/readers/" + reader.handle())
			.exchange()
			.expectBody()
			.jsonPath("$.name")
			.isEqualTo("Mine")
			.jsonPath("$.policy")
			.isEqualTo("furthest")
			.jsonPath("$.zone")
			.isEqualTo("Asia/Tokyo");
	}

	/** The streams of the old session end seconds later. */
	@Test
	void newPasswordEndsOtherBrowserOnly(LecternInstance lectern) {
		String handle = "password-" + System.nanoTime();
		Page page = visitors.visitor(lectern).open("/sign-in?as=new&next=/me/account");
		page.getByLabel("Handle").fill(handle);
		page.getByLabel("Name").fill("Ada");
		page.locator("#password").fill("four words make it");
		page.keyboard().press("Enter");
		assertThat(page.locator("lectern-sessions .rows li")).hasCount(1);
		Page other = visitors.visitor(lectern).open("/sign-in?next=/me");
		other.getByLabel("Handle").fill(handle);
		other.locator("#password").fill("four words make it");
		other.keyboard().press("Enter");
		assertThat(other.locator("lectern-home-page")).containsText("You have not begun a book yet");

		page.getByLabel("Current password").fill("not the password");
		page.getByLabel("New password").fill("five words make it too");
		page.keyboard().press("Enter");
		assertThat(page.locator("#current-password-fault")).containsText("not your current password");
		page.getByLabel("Current password").fill("four words make it");
		page.keyboard().press("Enter");

		assertThat(page.locator("lectern-password-form")).containsText("The password is changed.");
		assertThat(other).hasURL(lectern.url() + "/sign-in?next=%2Fme");
		assertThat(page).hasURL(lectern.url() + ADDRESS);
		page.navigate(lectern.url() + "/me");
		assertThat(page.locator("lectern-home-page")).containsText("You have not begun a book yet");
	}

	@Test
	void accountIsErasedOnceItsHandleIsTyped(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Page page = visitors.signedIn(lectern, reader).open(ADDRESS);
		KeyboardUser user = new KeyboardUser(page);

		user.fill(page.locator("#erase-handle"), "another").press("Enter");
		assertThat(page.locator("#erase-handle-fault")).containsText(reader.handle());
		user.fill(page.locator("#erase-handle"), reader.handle()).press("Enter");

		assertThat(page).hasURL(lectern.url() + "/");
		assertThat(page.locator("lectern-library-page h1")).isVisible();
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(
					() -> assertThat(status(lectern, reader, reader.token())).isEqualTo(HttpStatusCode.valueOf(401)));
	}

	private static void change(ReaderClient reader, Map<String, String> members) {
		reader.client()
			.patch()
			.uri("/api/v1/readers/" + reader.handle())
			.header("If-Match", "*")
			.bodyValue(members)
			.exchange()
			.expectStatus()
			.isOk();
	}

	private static HttpStatusCode status(LecternInstance lectern, ReaderClient reader, String bearer) {
		WebTestClient client = lectern.anonymousClient();
		return client.get()
			.uri("/api/v1/readers/" + reader.handle() + "/readings")
			.headers((headers) -> headers.setBearerAuth(bearer))
			.exchange()
			.returnResult(Void.class)
			.getStatus();
	}

}
