package lectern.acceptance.pages;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Page;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Pages show the texts of others as texts, whatever these are. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class DemandingContentAcceptanceTests {

	private static final List<Integer> WIDTHS = List.of(320, 768, 1440);

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	private static DemandingContent content;

	@BeforeAll
	static void create(LecternInstance lectern) {
		content = DemandingContent.create(lectern);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en-GB", "ar-EG" })
	void nothingIsWiderThanTheWindow(String locale, LecternInstance lectern) {
		Page page = visitors.signedIn(lectern, content.reader(), Look.WIDE.locale(locale).withoutMotion())
			.open("/problems");
		SoftAssertions.assertSoftly((softly) -> content.addresses().forEach((address) -> {
			page.navigate(lectern.url() + address);
			OpenedPage opened = OpenedPage.await(page);
			WIDTHS.forEach((width) -> {
				page.setViewportSize(width, 900);
				softly.assertThatCode(opened::assertNoOverflow)
					.as("%s in %s", address, locale)
					.doesNotThrowAnyException();
			});
		}));
	}

	@Test
	void directionOfPageIsThatOfItsLanguage(LecternInstance lectern) {
		Page page = visitors.visitor(lectern, Look.WIDE.locale("ar-EG")).open("/books");

		assertThat(page.locator("html")).hasAttribute("dir", "rtl");
	}

	@Test
	void markupIsText(LecternInstance lectern) {
		Page page = visitors.signedIn(lectern, content.reader(), Look.WIDE).open("/problems");
		List<String> dialogs = new ArrayList<>();
		page.onDialog((dialog) -> {
			dialogs.add(dialog.message());
			dialog.dismiss();
		});
		for (String address : content.addresses()) {
			page.navigate(lectern.url() + address);
			OpenedPage.await(page);
			if (address.contains("markup") || address.contains("topic") || address.contains("paths")) {
				assertThat(page.getByText(DemandingContent.MARKUP).first()).isVisible();
			}
			assertThat(page.locator("img")).hasCount(0);
		}
		assertThat(dialogs).isEmpty();
	}

}
