package lectern.acceptance.pages;

import java.util.List;
import java.util.Locale;

import com.microsoft.playwright.Page;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all pages have in common, light and dark, wide and narrow. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class EveryPageAcceptanceTests {

	private static final Look WIDE = Look.WIDE.withoutMotion();

	private static final Look NARROW = Look.NARROW.withoutMotion();

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	private static ReaderClient reader;

	private static String reading;

	@BeforeAll
	static void read(LecternInstance lectern) {
		reader = new ReaderClient(lectern);
		reading = reader.startReading("fluent-python");
		List.of(0.05, 0.12, 0.31, 0.61).forEach((fraction) -> reader.reportPosition(reading, fraction));
	}

	@ParameterizedTest
	@EnumSource
	void pageIsRightInEveryLook(PageAddress address, LecternInstance lectern) {
		Visitor visitor = switch (address.identity()) {
			case VISITOR -> visitors.visitor(lectern, WIDE);
			case READER -> visitors.signedIn(lectern, reader, WIDE);
			case ADMIN -> visitors.admin(lectern, WIDE);
		};
		Page page = visitor.open(address.address(reading));
		OpenedPage opened = OpenedPage.await(page).assertHeadingAndTitle();

		for (Look look : List.of(WIDE.inDark(), WIDE, NARROW, NARROW.inDark())) {
			look.applyTo(page);
			opened.assertNoOverflow()
				.takePicture(address.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + look);
		}
		if (address == PageAddress.NOT_FOUND) {
			visitor.expectFault("404 (Not Found)");
		}
		visitor.stopWatching();
		opened.assertNoBarrier();
		WIDE.applyTo(page);
		opened.assertNoBarrier();
	}

}
