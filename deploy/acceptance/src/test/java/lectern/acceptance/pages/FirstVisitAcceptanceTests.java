package lectern.acceptance.pages;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What a first visit costs, with nothing in the cache of the browser. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class FirstVisitAcceptanceTests {

	/** The files of the first page, compressed, without the answers of the API. */
	private static final int MAX_FIRST_BYTES = 60 << 10;

	/**
	 * Up to and including the first book, with the icon, which a headless browser leaves
	 * out.
	 */
	private static final int MAX_REQUESTS = 12;

	/** All files of all pages, compressed. */
	private static final int MAX_BYTES = 200 << 10;

	private static final double MAX_LAYOUT_SHIFT = 0.1;

	private static final String BOOK = "lectern-book-result";

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void firstPageStaysInBudget(LecternInstance lectern) {
		Visitor visitor = visitors.visitor(lectern);
		List<Request> seen = new ArrayList<>();
		visitor.profile().onRequest(seen::add);

		long start = System.nanoTime();
		Page page = visitor.open("/");
		assertThat(page.locator(BOOK).first()).isVisible();
		long millis = (System.nanoTime() - start) / 1_000_000;

		List<Request> requests = List.copyOf(seen);
		int bytes = requests.stream()
			.filter((request) -> !request.url().contains("/api/"))
			.mapToInt((request) -> request.sizes().responseBodySize)
			.sum();
		System.out.printf("acceptance: first visit with %d requests, %d bytes of files, first book after %d ms%n",
				requests.size(), bytes, millis);
		assertThat(requests).extracting((request) -> URI.create(request.url()).getAuthority())
			.containsOnly(URI.create(lectern.url()).getAuthority());
		assertThat(requests.stream().map(Request::url)).hasSizeLessThan(MAX_REQUESTS);
		assertThat(bytes).isLessThan(MAX_FIRST_BYTES);
	}

	@Test
	void secondVisitLoadsNoFileAgain(LecternInstance lectern) {
		Visitor visitor = visitors.visitor(lectern);
		assertThat(visitor.open("/").locator(BOOK).first()).isVisible();

		Page page = visitor.open("/");
		assertThat(page.locator(BOOK).first()).isVisible();

		assertThat((List<?>) page.evaluate("""
				() => performance.getEntriesByType('resource')
				  .filter(({ name }) => /[.](js|css)$/.test(name)).map(({ transferSize }) => transferSize)"""))
			.isNotEmpty()
			.allSatisfy((size) -> assertThat(size).isEqualTo(0));
	}

	@Test
	void allFilesStayInBudget() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("..", "..", "pages", "target", "classes", "pages", "assets"))) {
			List<Path> compressed = files.filter((file) -> file.toString().endsWith(".gz")).toList();
			long bytes = 0;
			for (Path file : compressed) {
				bytes += Files.size(file);
			}
			System.out.printf("acceptance: all pages have %d files, %d bytes%n", compressed.size(), bytes);
			assertThat(bytes).isPositive().isLessThan(MAX_BYTES);
		}
	}

	@Test
	void contentStaysWhereItIsShown(LecternInstance lectern) {
		for (Look look : List.of(Look.WIDE, Look.NARROW)) {
			for (String address : List.of("/", "/books/fluent-python", "/paths/temporal-architect", "/now")) {
				Page page = visitors.visitor(lectern, look).open(address);
				OpenedPage.await(page);
				assertThat((Number) page.evaluate("""
						() => new Promise((resolve) => {
						  let sum = 0;
						  new PerformanceObserver((list) => list.getEntries()
						    .forEach((entry) => { sum += entry.hadRecentInput ? 0 : entry.value; }))
						    .observe({ type: 'layout-shift', buffered: true });
						  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
						})""")).extracting(Number::doubleValue)
					.as("%s, %s", address, look)
					.satisfies((shift) -> assertThat(shift).isLessThan(MAX_LAYOUT_SHIFT));
			}
		}
	}

}
