package lectern.acceptance.pages;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.http.MediaType;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A page of books stays small and quick, however many books there are and change. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class ManyBooksAcceptanceTests {

	private static final int SHOWN = 200;

	private static final int CHANGES = 10_000;

	private static final int MAX_ELEMENTS = 3_000;

	/** In milliseconds. */
	private static final int MAX_TASK = 200;

	private static final String ELEMENTS = "() => document.querySelectorAll('*').length";

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@BeforeAll
	static void addBooks(LecternInstance lectern) {
		importBooks(lectern, "shown", 300, "First title");
	}

	@Test
	void numberOfElementsIsBounded(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books?author=shown");
		showAll(page);
		assertThat(page.getByText("Books 1 to 200")).isVisible();

		more(page);

		assertThat(page.getByText("Books 51 to 250")).isVisible();
		assertThat(results(page)).hasCount(SHOWN);
		assertThat(results(page).nth(150).locator("a")).isFocused();
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("before these")).click();
		assertThat(page.getByText("Books 1 to 200")).isVisible();
		assertThat((int) page.evaluate(ELEMENTS)).isLessThan(MAX_ELEMENTS);
	}

	@Test
	void backReturnsToSamePlaceOfList(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books?author=shown");
		showAll(page);
		Locator link = results(page).nth(120).locator("a");
		link.scrollIntoViewIfNeeded();
		int top = (int) page.evaluate("() => Math.round(scrollY)");
		link.click();
		assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).isFocused();

		page.goBack();

		assertThat(results(page)).hasCount(SHOWN);
		page.waitForFunction("(top) => Math.abs(scrollY - top) < 2", top);
	}

	@Test
	void burstOfChangesDoesNotBlockPage(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books");
		assertThat(results(page)).hasCount(50);
		assertThat(page.locator("lectern-status-pill").getByText("Live")).isVisible();
		page.evaluate("""
				() => {
				  globalThis.longestTask = 0;
				  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => {
				    globalThis.longestTask = Math.max(globalThis.longestTask, duration);
				  })).observe({ type: 'longtask' });
				}""");

		importBooks(lectern, "burst", CHANGES - 300, "Burst");
		importBooks(lectern, "shown", 300, "Last title");

		assertThat(page.locator(".new-books-bar")).containsText(Pattern.compile("9,[67]\\d\\d new books"));
		assertThat(results(page).last()).containsText("Last title");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show").setExact(true)).click();
		int elements = (int) page.evaluate(ELEMENTS);
		int task = ((Number) page.evaluate("() => Math.round(globalThis.longestTask)")).intValue();
		System.out.printf("burst of %d changes: %d elements, longest task %d ms%n", CHANGES, elements, task);
		assertThat(elements).isLessThan(MAX_ELEMENTS);
		assertThat(task).isLessThan(MAX_TASK);
	}

	private static void importBooks(LecternInstance lectern, String prefix, int count, String title) {
		String lines = IntStream.range(0, count).mapToObj((number) -> """
				{"type": "book", "id": "%1$s-%2$d", "title": "%3$s %2$d", "authors": ["%1$s"], "freeAccess": [\
				{"kind": "open-access", "url": "https://example.org/%1$s/%2$d"}]}
				""".formatted(prefix, number, title)).collect(Collectors.joining());
		lectern.adminClient()
			.post()
			.uri("/api/v1/imports")
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(lines)
			.exchange()
			.expectStatus()
			.isCreated();
	}

	private static void showAll(Page page) {
		assertThat(results(page)).hasCount(50);
		for (int shown = 100; shown <= SHOWN; shown += 50) {
			more(page);
			assertThat(results(page)).hasCount(shown);
		}
	}

	private static void more(Page page) {
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("More books")).click();
	}

	private static Locator results(Page page) {
		return page.locator("lectern-book-results li.result");
	}

}
