package lectern.acceptance.pages;

import java.nio.file.Path;
import java.util.List;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What every page has to keep, as a visitor sees it. */
final class OpenedPage {

	private static final Path PICTURES = Path.of("target", "pages");

	/**
	 * How far the content is wider than the window, and the elements that are the cause.
	 */
	private static final String OVERFLOW = """
			() => {
			  const width = document.documentElement.clientWidth;
			  return document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')]
			    .filter((element) => {
			      const box = element.getBoundingClientRect();
			      return box.width > 0 && (box.right > width + 1 || box.left < -1);
			    })
			    .map((element) => `${element.localName}.${element.className} ${Math.round(element.getBoundingClientRect().width)} px`)
			    .concat(`document ${document.documentElement.scrollWidth} px`);
			}""";

	private final Page page;

	private OpenedPage(Page page) {
		this.page = page;
	}

	/** Wait until a page shows what it loads. */
	static OpenedPage await(Page page) {
		assertThat(page.locator("h1").first()).isVisible();
		assertThat(page.locator("lectern-waiting:visible")).hasCount(0);
		return new OpenedPage(page);
	}

	/** Assert that there is one heading of the first level, and a title. */
	OpenedPage assertHeadingAndTitle() {
		assertThat(this.page.locator("h1")).hasCount(1);
		assertThat(this.page.title()).endsWith("Lectern");
		return this;
	}

	/** Assert that nothing is wider than the window. */
	OpenedPage assertNoOverflow() {
		assertThat((List<?>) this.page.evaluate(OVERFLOW)).as("wider than %s", this.page.viewportSize().width)
			.isEmpty();
		return this;
	}

	/** Assert that axe-core finds no barrier. */
	OpenedPage assertNoBarrier() {
		assertThat(new AxeBuilder(this.page).analyze().getViolations()).as("barriers of %s", this.page.url())
			.extracting((rule) -> rule.getId() + ": "
					+ rule.getNodes().stream().map((node) -> node.getHtml() + " " + node.getFailureSummary()).toList())
			.isEmpty();
		return this;
	}

	/** Write a picture of the whole page to the folder of the build. */
	OpenedPage takePicture(String name) {
		this.page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
		return this;
	}

}
