package lectern.acceptance.pages;

import java.util.Map;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The home of a reader. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class HomePageAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void homeFollowsWhatIsReadOnOtherDevices(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		Page page = visitors.signedIn(lectern, reader, Look.NARROW).open("/");
		Locator home = page.locator("lectern-home-page");
		assertThat(home).containsText("You have not begun a book yet");

		String reading = reader.startReading("fluent-python");
		reader.reportPosition(reading, 0.42);

		assertThat(home.locator(".continue li")).hasCount(1);
		assertThat(home.locator(".continue")).containsText("Fluent Python");
		assertThat(home.locator(".continue strong")).hasText("42%");
		assertThat(home.locator(".continue")).containsText("There is too little yet to tell when you finish");
		join(reader, "temporal-architect");
		assertThat(home.locator("lectern-my-paths")).containsText("0 of 2 finished");
		finish(reader, reading);
		assertThat(home.locator(".continue li")).hasCount(0);
		assertThat(home.locator("lectern-my-paths")).containsText("1 of 2 finished");

		new KeyboardUser(page).goTo(page.locator("a:text('1 finished book')")).press("Enter");
		assertThat(home).containsText("Fluent Python");
		assertThat(page).hasURL(lectern.url() + "/?show=finished");
		page.goBack();
		assertThat(home.locator("#finished-title")).hasCount(0);
	}

	private static void join(ReaderClient reader, String path) {
		reader.client()
			.put()
			.uri("/api/v1/readers/" + reader.handle() + "/paths/" + path)
			.bodyValue(Map.of())
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
	}

	private static void finish(ReaderClient reader, String reading) {
		reader.client()
			.post()
			.uri("/api/v1/readers/" + reader.handle() + "/readings/" + reading + "/finish")
			.bodyValue(Map.of())
			.exchange()
			.expectStatus()
			.isOk();
	}

}
