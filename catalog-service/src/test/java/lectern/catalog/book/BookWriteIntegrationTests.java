package lectern.catalog.book;

import java.util.List;
import java.util.stream.IntStream;

import lectern.catalog.CatalogFixture;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** PUT of a book. */
class BookWriteIntegrationTests extends CatalogFixture {

	@Test
	void putOfNewBookReturnsCreatedWithLocation() {
		long before = changeCount();
		put("/api/v1/books/new-one", "{\"title\":\"New One\"}").expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals(HttpHeaders.LOCATION, "/api/v1/books/new-one")
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectHeader()
			.exists(Cursor.HEADER)
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-store")
			.expectBody()
			.jsonPath("$.id")
			.isEqualTo("new-one")
			.jsonPath("$.version")
			.isEqualTo(1)
			.jsonPath("$.authors")
			.isEmpty()
			.jsonPath("$.summary")
			.doesNotExist();
		assertThat(changeCount()).isEqualTo(before + 1);
		assertThat(get("/api/v1/books/new-one").get("title").asString()).isEqualTo("New One");
	}

	@Test
	void putOfEqualContentAppendsNoChange() {
		put("/api/v1/books/same", "{\"title\":\"Same\"}").expectStatus().isCreated();
		long before = changeCount();
		put("/api/v1/books/same", "{\"title\":\"Same\",\"topics\":[]}", (headers) -> headers.setIfMatch("\"1\""))
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"");
		assertThat(changeCount()).isEqualTo(before);
	}

	@Test
	void putRequiresMatchingVersion() {
		put("/api/v1/books/guarded", "{\"title\":\"First\"}").expectStatus().isCreated();
		long before = changeCount();
		expectProblem(put("/api/v1/books/guarded", "{\"title\":\"Second\"}").expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\""), HttpStatus.PRECONDITION_REQUIRED, "precondition-required");
		for (String stale : List.of("\"7\"", "W/\"1\"", "nonsense", "")) {
			expectProblem(
					put("/api/v1/books/guarded", "{\"title\":\"Second\"}", (headers) -> headers.set("If-Match", stale))
						.expectHeader()
						.valueEquals(HttpHeaders.ETAG, "\"1\""),
					HttpStatus.PRECONDITION_FAILED, "precondition-failed");
		}
		assertThat(changeCount()).isEqualTo(before);
		put("/api/v1/books/guarded", "{\"title\":\"Second\"}", (headers) -> headers.set("If-Match", "\"7\", \"1\""))
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"2\"")
			.expectBody()
			.jsonPath("$.version")
			.isEqualTo(2);
		put("/api/v1/books/guarded", "{\"title\":\"Third\"}", (headers) -> headers.setIfMatch("*")).expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"3\"");
	}

	@Test
	void ifNoneMatchRejectsPutOfExistingBook() {
		put("/api/v1/books/insisted", "{\"title\":\"First\"}", (headers) -> headers.setIfNoneMatch("*")).expectStatus()
			.isCreated();
		expectProblem(put("/api/v1/books/insisted", "{\"title\":\"Second\"}", (headers) -> headers.setIfNoneMatch("*"))
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\""), HttpStatus.PRECONDITION_FAILED, "precondition-failed");
		expectProblem(put("/api/v1/books/insisted", "{\"title\":\"Second\"}", (headers) -> {
			headers.setIfMatch("*");
			headers.setIfNoneMatch("*");
		}), HttpStatus.PRECONDITION_FAILED, "precondition-failed");
	}

	@Test
	void ifMatchRejectsPutOfUnknownBook() {
		for (String tag : List.of("*", "\"1\"")) {
			expectProblem(put("/api/v1/books/never-there", "{\"title\":\"Any\"}", (headers) -> headers.setIfMatch(tag)),
					HttpStatus.PRECONDITION_FAILED, "precondition-failed");
		}
		this.anonymous.get().uri("/api/v1/books/never-there").exchange().expectStatus().isNotFound();
	}

	@Test
	void documentReadCanBeWrittenBackUnchanged() {
		long before = changeCount();
		JsonNode read = get("/api/v1/books/fluent-python");
		put("/api/v1/books/fluent-python", read.toString(), (headers) -> headers.setIfMatch("*")).expectStatus().isOk();
		assertThat(get("/api/v1/books/fluent-python")).isEqualTo(read);
		assertThat(changeCount()).isEqualTo(before);
	}

	@Test
	void concurrentPutsOfSameVersionSucceedOnce() {
		put("/api/v1/books/contended", "{\"title\":\"Start\"}").expectStatus().isCreated();
		long before = changeCount();
		List<Integer> statuses = Flux.fromStream(IntStream.range(0, 12).boxed())
			.flatMap((n) -> Mono
				.fromCallable(() -> put("/api/v1/books/contended", "{\"title\":\"Writer " + n + "\"}",
						(headers) -> headers.setIfMatch("\"1\""))
					.returnResult(String.class)
					.getStatus()
					.value())
				.subscribeOn(Schedulers.boundedElastic()), 12)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(statuses).hasSize(12).containsOnlyOnce(200).containsOnly(200, 412);
		assertThat(changeCount()).isEqualTo(before + 1);
		assertThat(get("/api/v1/books/contended").get("version").asInt()).isEqualTo(2);
	}

	@Test
	void logHoldsWholeDocumentOfEachChange() {
		put("/api/v1/books/logged", "{\"title\":\"One\"}").expectStatus().isCreated();
		put("/api/v1/books/logged", "{\"title\":\"Two\"}", (headers) -> headers.setIfMatch("\"1\"")).expectStatus()
			.isOk();
		List<String> logged = this.database.sql(
				"select type || ' ' || version || ' ' || (data ->> 'title') as line from change where subject = 'logged' order by position")
			.map((row) -> row.get("line", String.class))
			.all()
			.collectList()
			.block(HANG_LIMIT);
		assertThat(logged).containsExactly("book-added 1 One", "book-changed 2 Two");
	}

}
