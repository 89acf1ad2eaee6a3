package lectern.acceptance.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import com.microsoft.playwright.Page;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What pages are to a screen reader, as somebody has approved it. Run with
 * {@code -Dlectern.pages.approve=true} to write the trees anew, and read the difference.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class AccessibilityTreeAcceptanceTests {

	private static final Path APPROVED = Path.of("src", "test", "resources", "pages");

	/** In milliseconds; only for somebody who writes the trees anew. */
	private static final double SETTLED_AFTER = 3_000;

	private static final String MONTH = "\\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*";

	private static final String WEEKDAY = "\\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	private static ReaderClient reader;

	@BeforeAll
	static void read(LecternInstance lectern) {
		reader = new ReaderClient(lectern);
		reader.reportPosition(reader.startReading("fluent-python"), 0.31);
	}

	@ParameterizedTest
	@EnumSource(names = { "BOOK", "PATH", "SIGN_IN", "NOT_FOUND", "PROBLEM", "HOME", "BOOK_OF_READER", "PATH_OF_READER",
			"CURATED_BOOK" })
	void treeIsAsApproved(PageAddress address, LecternInstance lectern) throws IOException {
		Visitor visitor = switch (address.identity()) {
			case VISITOR -> visitors.visitor(lectern);
			case READER -> visitors.signedIn(lectern, reader);
			case ADMIN -> visitors.admin(lectern, Look.WIDE);
		};
		Page page = visitor.open(address.address(""));
		OpenedPage.await(page);
		if (!address.isStatic()) {
			assertThat(page.locator(".status-pill[data-state=live], .status-pill[data-state=idle]")).hasCount(1);
		}
		Path approved = APPROVED.resolve(address.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".yml");
		if (Boolean.getBoolean("lectern.pages.approve")) {
			Files.createDirectories(APPROVED);
			// Titles of books come a moment after the page.
			page.waitForTimeout(SETTLED_AFTER);
			Files.writeString(approved, treeOf(page));
		}
		String expected = Files.readString(approved);
		// What a page reads later, such as the titles of books, comes without a sign.
		Awaitility.await()
			.pollInSameThread()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(treeOf(page)).as("compare with %s", approved).isEqualTo(expected));
		if (address == PageAddress.NOT_FOUND) {
			visitor.expectFault("404 (Not Found)");
		}
	}

	/** Handles and times differ in each run. */
	private static String treeOf(Page page) {
		return page.locator("main")
			.ariaSnapshot()
			.replace(reader.handle(), "READER")
			.replaceAll(WEEKDAY, "DAY")
			.replaceAll(MONTH, "MONTH")
			.replaceAll("\\d{1,2}:\\d\\d", "TIME")
			.replaceAll("\\b\\d{1,2} MONTH( \\d{4})?", "DATE")
			.replaceAll("\\b(now|\\d+ (second|minute)s? ago)\\b", "AGO")
			.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID") + "\n";
	}

}
