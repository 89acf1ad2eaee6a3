package lectern.acceptance.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** A year of reading as figures, as pictures and as tables. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class YearAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void daysAreCountedWhileTheyAreRead(LecternInstance lectern) {
		PastReading reading = new PastReading(lectern, "A year in the library", 20);
		// At noon, so that no day ends between two reports.
		Instant now = Instant.now();
		Duration sinceNoon = Duration.between(now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12)), now);
		for (int day = 3; day > 0; day--) {
			reading.report(0.4 - 0.1 * day, sinceNoon.plusDays(2 * day), "phone")
				.report(0.45 - 0.1 * day, sinceNoon.plusDays(2 * day).minusMinutes(8), "phone");
		}
		Page page = visitors.signedIn(lectern, reading.reader()).open("/me/year");

		assertThat(figure(page, "Days with reading")).hasText("3");
		assertThat(figure(page, "Hours")).hasText("0.4");
		Locator weekdays = page.locator("section").filter(new Locator.FilterOptions().setHasText("Which weekday"));
		weekdays.getByText("As a table").press("Enter");
		assertThat(weekdays.locator("tbody tr")).hasCount(7);

		reading.report(0.5, sinceNoon.plusDays(1), "phone");
		assertThat(figure(page, "Days with reading")).hasText("4");
	}

	private static Locator figure(Page page, String name) {
		return page.locator(".figures > div").filter(new Locator.FilterOptions().setHasText(name)).locator("dd");
	}

}
