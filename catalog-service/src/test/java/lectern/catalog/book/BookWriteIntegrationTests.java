package lectern.catalog.book;

import java.util.List;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Creation and replacement of books by PUT. */
class BookWriteIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	@Test
	void putOfNewBookReturnsCreatedWithLocation() {
		long before = this.catalog.changeCount();
		this.curator.put("/books/new-one", title("New One"))
			.assertStatus(201)
			.assertHeader("Location", "/api/v1/books/new-one")
			.assertVersion(1)
			.assertCursor()
			.assertHeader("Cache-Control", "private, no-store")
			.assertMember("/id", "new-one")
			.assertMember("/version", 1)
			.assertMember("/authors", List.of())
			.assertMember("/summary", null);
		assertThat(this.catalog.changeCount()).isEqualTo(before + 1);
		this.curator.get("/books/new-one").assertMember("/title", "New One");
	}

	@Test
	void putOfEqualContentAppendsNoChange() {
		this.curator.put("/books/same", title("Same")).assertStatus(201);
		long before = this.catalog.changeCount();
		this.curator.ifMatch("\"1\"")
			.put("/books/same", "{\"title\":\"Same\",\"topics\":[]}")
			.assertStatus(200)
			.assertVersion(1);
		assertThat(this.catalog.changeCount()).isEqualTo(before);
	}

	@Test
	void putRequiresMatchingVersion() {
		this.curator.put("/books/guarded", title("First")).assertStatus(201);
		long before = this.catalog.changeCount();
		this.curator.put("/books/guarded", title("Second"))
			.assertProblem(428, "precondition-required")
			.assertVersion(1);
		for (String stale : List.of("\"7\"", "W/\"1\"", "nonsense", "")) {
			this.curator.ifMatch(stale)
				.put("/books/guarded", title("Second"))
				.assertProblem(412, "precondition-failed")
				.assertVersion(1);
		}
		assertThat(this.catalog.changeCount()).isEqualTo(before);
		this.curator.ifMatch("\"7\", \"1\"")
			.put("/books/guarded", title("Second"))
			.assertStatus(200)
			.assertVersion(2)
			.assertMember("/version", 2);
		this.curator.ifMatch("*").put("/books/guarded", title("Third")).assertStatus(200).assertVersion(3);
	}

	@Test
	void ifNoneMatchRejectsPutOfExistingBook() {
		TestApiClient onlyNew = this.curator.ifNoneMatch("*");
		onlyNew.put("/books/only-new", title("First")).assertStatus(201);
		onlyNew.put("/books/only-new", title("Second")).assertProblem(412, "precondition-failed").assertVersion(1);
		onlyNew.ifMatch("*").put("/books/only-new", title("Second")).assertProblem(412, "precondition-failed");
	}

	@Test
	void ifMatchRejectsPutOfUnknownBook() {
		for (String tag : List.of("*", "\"1\"")) {
			this.curator.ifMatch(tag).put("/books/never-there", title("Any")).assertProblem(412, "precondition-failed");
		}
		this.curator.get("/books/never-there").assertStatus(404);
	}

	@Test
	void documentReadCanBeWrittenBackUnchanged() {
		long before = this.catalog.changeCount();
		String read = this.curator.get("/books/fluent-python").assertStatus(200).text();
		this.curator.ifMatch("*").put("/books/fluent-python", read).assertStatus(200);
		assertThat(this.curator.get("/books/fluent-python").text()).isEqualTo(read);
		assertThat(this.catalog.changeCount()).isEqualTo(before);
	}

	@Test
	void concurrentPutsOfSameVersionSucceedOnce() {
		this.curator.put("/books/contended", title("Start")).assertStatus(201);
		long before = this.catalog.changeCount();
		TestApiClient writer = this.curator.ifMatch("\"1\"");
		List<Integer> statuses = Flux.range(0, 12)
			.flatMap((n) -> writer.send(HttpMethod.PUT, "/books/contended", title("Writer " + n)), 12)
			.map(TestApiResponse::status)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(statuses).hasSize(12).containsOnlyOnce(200).containsOnly(200, 412);
		assertThat(this.catalog.changeCount()).isEqualTo(before + 1);
		this.curator.get("/books/contended").assertVersion(2);
	}

	@Test
	void logHoldsWholeDocumentOfEachChange() {
		this.curator.put("/books/logged", title("One")).assertStatus(201);
		this.curator.ifMatch("\"1\"").put("/books/logged", title("Two")).assertStatus(200);
		List<String> logged = this.catalog.database().sql("""
				select type || ' ' || version || ' ' || (data ->> 'title') from change
				where subject = 'logged' order by position
				""").map((row) -> row.get(0, String.class)).all().collectList().block(HANG_LIMIT);
		assertThat(logged).containsExactly("book-added 1 One", "book-changed 2 Two");
	}

	private static String title(String title) {
		return "{\"title\":\"%s\"}".formatted(title);
	}

}
