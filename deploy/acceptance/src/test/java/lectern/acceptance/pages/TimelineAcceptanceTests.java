package lectern.acceptance.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** The past and the future of a reading on its page. Everything is done by keyboard. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class TimelineAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	private PastReading reading;

	private Page page;

	private Locator handle;

	/**
	 * Yesterday the reader was at 31 %, and today a tablet was opened at a wrong place.
	 */
	@BeforeEach
	void openPageOfReading(LecternInstance lectern) {
		this.reading = new PastReading(lectern, "The education of a computer", 9);
		for (int day = 0; day < 7; day++) {
			this.reading.report(0.07 + 0.04 * day, Duration.ofDays(8 - day).minusHours(1), "phone");
		}
		this.reading.report(0.97, Duration.ofHours(2), "tablet");
		open(lectern, this.reading.address());
	}

	private void open(LecternInstance lectern, String address) {
		this.page = visitors.signedIn(lectern, this.reading.reader()).open(address);
		this.handle = slider("Time");
		assertThat(this.handle).hasAttribute("aria-busy", "false");
	}

	private Locator slider(String name) {
		return this.page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	private void assertShown(String words) {
		assertThat(this.handle).hasAttribute("aria-valuetext", Pattern.compile(".*" + words + ".*"));
	}

	@Test
	void restoreBringsBackThePlaceOfYesterdayAndUndoTakesItBack() {
		assertShown("Now, 97%, page 194, on tablet");
		this.handle.press("Shift+ArrowLeft");
		assertShown("31%, page 62, on phone");
		assertThat(this.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("As it was on")))
			.isVisible();

		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Restore this place")).press("Enter");

		assertThat(this.page.getByText("Back at 31%")).isVisible();
		assertShown("Now, 31%, page 62, on phone");
		this.page.waitForCondition(() -> this.reading.place() == 0.31);
		Locator undo = this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo"));
		assertThat(undo).isFocused();
		undo.press("Enter");
		assertThat(this.page.getByText("At 97% again")).isVisible();
		this.page.waitForCondition(() -> this.reading.place() == 0.97);
	}

	@Test
	void keysMoveTheHandleFromEventToEventWithFewRequests() {
		List<String> requests = new CopyOnWriteArrayList<>();
		this.page.onRequest((request) -> {
			if (request.url().contains("/api/")) {
				requests.add(request.url());
			}
		});
		for (String words : List.of("31%", "27%", "23%", "19%", "15%", "11%", "7%", "at the beginning")) {
			this.handle.press("ArrowLeft");
			assertShown(words);
		}
		this.page.waitForURL(Pattern.compile(".*[?&]at=.*"));
		this.page.waitForResponse(Pattern.compile(".*asOf=.*"), () -> this.handle.press("ArrowRight"));

		assertShown("7%");
		assertThat(this.handle).isFocused();
		assertThat(requests).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void playbackMovesTheHandleAtTheChosenSpeed() {
		this.page.getByLabel("Speed").selectOption("1000");
		this.handle.press("Home");
		assertShown("at the beginning");
		long start = seconds();
		this.handle.press("Space");
		this.page.waitForCondition(() -> seconds() > start + 600);
		this.handle.press("Space");

		assertThat(this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Play"))).isVisible();
		this.handle.press("End");
		assertShown("Now, 97%");
	}

	private long seconds() {
		return Long.parseLong(this.handle.getAttribute("aria-valuenow"));
	}

	@Test
	void anotherPaceMovesTheFinish() {
		Locator pace = slider("If I read every day");
		Locator answer = this.page.locator(".pace-answer");
		pace.press("End");
		assertThat(answer).containsText("You finish on");
		String soon = answer.innerText();
		this.page.waitForResponse("**/what-if", () -> pace.press("Home"));

		assertThat(answer).not().hasText(soon);
		assertThat(answer).containsText("You finish on");
		assertThat(pace).isFocused();
	}

	@Test
	void addressShowsThePastAgain(LecternInstance lectern) {
		Instant at = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
		open(lectern, this.reading.address() + "?at=" + at);
		assertShown("23%");
		this.page.reload();
		assertShown("23%");

		this.handle.press("End");
		assertShown("Now, 97%");
		assertThat(this.page).hasURL(lectern.url() + this.reading.address());
		this.handle.press("ArrowLeft");
		this.page.waitForURL(Pattern.compile(".*[?&]at=.*"));
		this.page.goBack();
		assertShown("Now, 97%");
	}

	@Test
	void axesOfTimeTellAReportThatCameLateDifferently() {
		this.reading.report(0.29, Duration.ofDays(1).plusHours(12), "late-reader");
		assertThat(this.page.locator(".timeline-legend")).containsText("late-reader");

		this.handle.press("ArrowLeft");
		assertShown("29%, page 58, on late-reader");
		this.page.getByLabel("When it was known").check();
		this.handle.press("End");
		this.handle.press("ArrowLeft");

		assertShown("97%, page 194, on tablet");
	}

	@Test
	void historyRestoresAPlaceToo() {
		Locator entry = this.page.locator(".history-entry")
			.filter(new Locator.FilterOptions().setHasText("15%, page 30"));
		entry.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Restore")).press("Enter");

		assertThat(this.page.getByText("Back at 15%")).isVisible();
		this.page.waitForCondition(() -> this.reading.place() == 0.15);
	}

}
