package lectern.acceptance.pages;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A reader tells on the page of a reading where he is, and what became of it. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class ReportAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	private Page page;

	private PastReading read(LecternInstance lectern, double fraction) {
		PastReading reading = new PastReading(lectern, "Notes on the engine", 3).report(fraction, Duration.ofDays(1),
				"phone");
		open(lectern, reading, Look.WIDE);
		return reading;
	}

	private void open(LecternInstance lectern, PastReading reading, Look look) {
		this.page = visitors.signedIn(lectern, reading.reader(), look).open(reading.address());
		assertThat(slider()).isVisible();
		assertThat(this.page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Time").setExact(true)))
			.hasAttribute("aria-busy", "false");
	}

	private Locator slider() {
		return this.page.getByLabel("Place in the book");
	}

	private Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	@Test
	void eightKeysAreEightPercentAndOneReport(LecternInstance lectern) {
		PastReading reading = read(lectern, 0.31);
		assertThat(this.page.locator("lectern-future")).containsText("too few reports to tell");
		List<String> requests = new CopyOnWriteArrayList<>();
		this.page.onRequest((request) -> {
			if (request.url().contains("/api/")) {
				requests.add(request.method() + " " + request.url());
			}
		});
		slider().focus();
		for (int press = 0; press < 8; press++) {
			this.page.keyboard().press("ArrowRight");
		}

		assertThat(this.page.getByText("At 39%.")).isVisible();
		assertThat(slider()).hasValue("39");
		assertThat(slider()).isFocused();
		this.page.waitForCondition(() -> reading.place() == 0.39);
		assertThat(reading.reports()).isEqualTo(2);
		assertThat(requests).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void reportFromElsewhereDuringADragIsOffered(LecternInstance lectern) {
		PastReading reading = read(lectern, 0.31);
		slider().scrollIntoViewIfNeeded();
		BoundingBox box = slider().boundingBox();
		double y = box.y + box.height / 2;
		this.page.mouse().move(box.x + box.width * 0.31, y);
		this.page.mouse().down();
		this.page.mouse().move(box.x + box.width * 0.4, y);
		String dragged = slider().inputValue();

		reading.report(0.61, Duration.ZERO, "phone");

		assertThat(this.page.getByText("phone says 61%")).isVisible();
		assertThat(slider()).hasValue(dragged);
		this.page.mouse().move(box.x + box.width * 0.31, y);
		assertThat(slider()).not().hasValue(dragged);
		this.page.keyboard().press("Escape");
		this.page.mouse().up();
		button("Take it").click();
		assertThat(slider()).hasValue("61");
		assertThat(slider()).isFocused();
		this.page.waitForCondition(() -> reading.place() == 0.61);
	}

	@Test
	void pageOfTheEditionIsReported(LecternInstance lectern) {
		PastReading reading = read(lectern, 0.31);
		Locator field = this.page.getByLabel("Page of 200");
		assertThat(field).hasValue("62");
		field.fill("120");
		field.press("Enter");

		assertThat(this.page.getByText("At 60%.")).isVisible();
		this.page.waitForCondition(() -> reading.place() == 0.6);
		assertThat(reading.reader().reading(reading.id()).path("position").path("page").asInt()).isEqualTo(120);
	}

	@Test
	void readingIsFinishedReopenedAndRemovedByKeyboard(LecternInstance lectern) {
		read(lectern, 0.98);
		button("I have finished it").press("Enter");
		assertThat(this.page.locator("lectern-place")).containsText("Finished");
		button("Reopen").press("Enter");
		assertThat(button("Give it up")).isVisible();
		button("Remove this reading").press("Enter");

		assertThat(this.page.getByText("The reading is removed.")).isVisible();
		assertThat(button("Undo")).isFocused();
		this.page.keyboard().press("Enter");
		assertThat(this.page.getByText("The reading is back.")).isVisible();
		assertThat(button("I have finished it")).isVisible();
	}

	@Test
	void longTitleFitsInNarrowWindow(LecternInstance lectern) {
		String title = "Donaudampfschifffahrt".repeat(14) + "<b>end</b>";
		PastReading reading = new PastReading(lectern, title, 3).report(0.5, Duration.ofDays(1), "<i>phone</i>");
		open(lectern, reading, Look.NARROW);

		assertThat(this.page.locator("h1")).hasText(title);
		assertThat(this.page.locator(".timeline-legend")).containsText("<i>phone</i>");
		assertThat((int) this.page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
	}

}
