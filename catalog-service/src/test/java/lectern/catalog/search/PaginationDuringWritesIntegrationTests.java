package lectern.catalog.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import lectern.catalog.CatalogFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reading all pages of a list while other books are added, changed and removed: a book
 * that is not touched is listed exactly once.
 */
class PaginationDuringWritesIntegrationTests extends CatalogFixture {

	private static final int UNTOUCHED = 150;

	private static final AtomicInteger instances = new AtomicInteger();

	private final String mark = "walk" + "abcdefghij".charAt(instances.getAndIncrement() % 10);

	private final List<String> untouched = IntStream.range(0, UNTOUCHED)
		.mapToObj((n) -> "%s-%03d".formatted(this.mark, n * 2))
		.toList();

	private final AtomicBoolean reading = new AtomicBoolean(true);

	private final AtomicInteger writes = new AtomicInteger();

	@BeforeEach
	void writeUntouchedBooks() {
		this.untouched.forEach((id) -> write(id, "Untouched"));
	}

	@AfterEach
	void stopWriting() {
		this.reading.set(false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/books?limit=5", "/api/v1/books?limit=5&topic=%s", "/api/v1/books?limit=5&q=%s",
			"/api/v1/books?limit=5&q=%s+common", "/api/v1/books?limit=5&q=%s&level=beginner" })
	void untouchedBooksAreListedExactlyOnce(String list) {
		Mono<Void> writing = Mono.<Void>fromRunnable(this::addChangeAndRemove).subscribeOn(Schedulers.boundedElastic());
		Mono<List<String>> reading = Mono.fromCallable(() -> readAllPages(list.formatted(this.mark)))
			.subscribeOn(Schedulers.boundedElastic())
			.doFinally((_) -> this.reading.set(false));
		List<String> seen = Mono.zip(writing.thenReturn(true), reading, (_, ids) -> ids)
			.block(HANG_LIMIT.multipliedBy(6));
		assertThat(seen.stream().filter(this.untouched::contains)).containsExactlyInAnyOrderElementsOf(this.untouched);
		assertThat(this.writes).hasPositiveValue();
	}

	private List<String> readAllPages(String list) {
		List<String> seen = new ArrayList<>();
		String next = "";
		while (next != null) {
			JsonNode page = next.isEmpty() ? get(list) : get(list + "&page={next}", next);
			page.get("items").forEach((book) -> seen.add(book.get("id").asString()));
			next = page.has("next") ? page.get("next").asString() : null;
		}
		return seen;
	}

	/**
	 * Their ids lie between those of the untouched books, so that every page is affected.
	 */
	private void addChangeAndRemove() {
		for (int n = 0; this.reading.get() && n < 10_000; n++) {
			String id = "%s-%03d-%d".formatted(this.mark, (n * 37) % (2 * UNTOUCHED), n);
			write(id, "Changing");
			if (n % 2 == 0) {
				put("/api/v1/books/" + id, content("Changing and " + "changed ".repeat(n % 5)),
						(headers) -> headers.setIfMatch("*"))
					.expectStatus()
					.isOk();
			}
			if (n % 3 == 0) {
				this.curator.delete()
					.uri("/api/v1/books/" + id)
					.header("If-Match", "*")
					.exchange()
					.expectStatus()
					.isNoContent();
			}
			this.writes.incrementAndGet();
		}
	}

	private void write(String id, String title) {
		put("/api/v1/books/" + id, content(title)).expectStatus().isCreated();
	}

	private String content(String title) {
		return "{\"title\":\"%s %s common\",\"topics\":[\"%s\"],\"level\":\"beginner\"}".formatted(title, this.mark,
				this.mark);
	}

}
