package lectern.catalog.search;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Reads all pages of a list while books are added, changed and removed. */
class PaginationDuringWritesIntegrationTests {

	private static final int UNTOUCHED = 150;

	private static final AtomicInteger instances = new AtomicInteger();

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final String mark = "walk" + "abcdefghij".charAt(instances.getAndIncrement() % 10);

	private final List<String> untouched = IntStream.range(0, UNTOUCHED)
		.mapToObj((n) -> "%s-%03d".formatted(this.mark, n * 2))
		.toList();

	private final AtomicBoolean reading = new AtomicBoolean(true);

	private final AtomicInteger writes = new AtomicInteger();

	@BeforeEach
	void writeUntouchedBooks() {
		this.untouched.forEach((id) -> create(id, "Untouched"));
	}

	@AfterEach
	void stopWriting() {
		this.reading.set(false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/books?limit=5", "/books?limit=5&topic=%s", "/books?limit=5&q=%s",
			"/books?limit=5&q=%s+common", "/books?limit=5&q=%s&level=beginner" })
	void untouchedBooksAreListedExactlyOnce(String list) {
		Mono<Void> writing = Mono.<Void>fromRunnable(this::addChangeAndRemove).subscribeOn(Schedulers.boundedElastic());
		Mono<List<String>> reading = Mono.fromCallable(() -> ids(list.formatted(this.mark)))
			.subscribeOn(Schedulers.boundedElastic())
			.doFinally((_) -> this.reading.set(false));
		List<String> listed = Objects.requireNonNull(
				Mono.zip(writing.thenReturn(true), reading, (_, ids) -> ids).block(HANG_LIMIT.multipliedBy(6)));
		assertThat(listed.stream().filter(this.untouched::contains))
			.containsExactlyInAnyOrderElementsOf(this.untouched);
		assertThat(this.writes).hasPositiveValue();
	}

	private List<String> ids(String list) {
		return this.catalog.anonymous().getAllItems(list).stream().map((book) -> book.get("id").asString()).toList();
	}

	/**
	 * Their ids lie between those of the untouched books, so that every page is affected.
	 */
	private void addChangeAndRemove() {
		for (int n = 0; this.reading.get() && n < 10_000; n++) {
			String id = "%s-%03d-%d".formatted(this.mark, (n * 37) % (2 * UNTOUCHED), n);
			create(id, "Changing");
			if (n % 2 == 0) {
				this.curator.ifMatch("*")
					.put("/books/" + id, content("Changing and " + "changed ".repeat(n % 5)))
					.assertStatus(200);
			}
			if (n % 3 == 0) {
				this.curator.ifMatch("*").delete("/books/" + id).assertStatus(204);
			}
			this.writes.incrementAndGet();
		}
	}

	private void create(String id, String title) {
		this.curator.put("/books/" + id, content(title)).assertStatus(201);
	}

	private String content(String title) {
		return "{\"title\":\"%1$s %2$s common\",\"topics\":[\"%2$s\"],\"level\":\"beginner\"}".formatted(title,
				this.mark);
	}

}
