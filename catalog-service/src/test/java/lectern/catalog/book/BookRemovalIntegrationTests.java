package lectern.catalog.book;

import lectern.catalog.CatalogFixture;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** DELETE of a book. */
class BookRemovalIntegrationTests extends CatalogFixture {

	@Test
	void removedBookIsNotFoundAndRemovalIsLogged() {
		put("/api/v1/books/to-go", "{\"title\":\"To Go\"}").expectStatus().isCreated();
		put("/api/v1/books/to-go", "{\"title\":\"To Go Soon\"}", (headers) -> headers.setIfMatch("*")).expectStatus()
			.isOk();
		String cursor = cursor(delete("/api/v1/books/to-go", "\"2\"").expectStatus().isNoContent());
		expectProblem(this.anonymous.get().uri("/api/v1/books/to-go").exchange(), HttpStatus.NOT_FOUND, "not-found");
		assertThat(get("/api/v1/books?q={words}", "To Go Soon").get("items")).isEmpty();
		JsonNode event = this.mapper.readTree(
				stream("/api/v1/catalog/events?book=to-go&after=start", null).filter((frame) -> frame.data() != null)
					.skip(2)
					.map((frame) -> frame.data())
					.blockFirst(HANG_LIMIT));
		assertThat(event.get("type").asString()).isEqualTo("book-removed");
		assertThat(event.get("book").asString()).isEqualTo("to-go");
		assertThat(event.get("version").asLong()).isEqualTo(3);
		assertThat(event.get("cursor").asString()).isEqualTo(cursor);
		assertThat(event.at("/data/id").asString()).isEqualTo("to-go");
	}

	@Test
	void removalRequiresMatchingVersion() {
		put("/api/v1/books/stays", "{\"title\":\"Stays\"}").expectStatus().isCreated();
		expectProblem(delete("/api/v1/books/stays", null).expectHeader().valueEquals(HttpHeaders.ETAG, "\"1\""),
				HttpStatus.PRECONDITION_REQUIRED, "precondition-required");
		expectProblem(delete("/api/v1/books/stays", "\"2\"").expectHeader().valueEquals(HttpHeaders.ETAG, "\"1\""),
				HttpStatus.PRECONDITION_FAILED, "precondition-failed");
		assertThat(get("/api/v1/books/stays").get("version").asLong()).isEqualTo(1);
	}

	@Test
	void removalOfUnknownBookIsNotFound() {
		expectProblem(delete("/api/v1/books/never-there", "*"), HttpStatus.NOT_FOUND, "not-found");
		put("/api/v1/books/once", "{\"title\":\"Once\"}").expectStatus().isCreated();
		delete("/api/v1/books/once", "*").expectStatus().isNoContent().expectHeader().exists(Cursor.HEADER);
		expectProblem(delete("/api/v1/books/once", "*"), HttpStatus.NOT_FOUND, "not-found");
	}

	@Test
	void idOfRemovedBookIsNotReused() {
		put("/api/v1/books/only-once", "{\"title\":\"Only Once\"}").expectStatus().isCreated();
		delete("/api/v1/books/only-once", "*").expectStatus().isNoContent();
		expectProblem(put("/api/v1/books/only-once", "{\"title\":\"Only Once\"}"), HttpStatus.CONFLICT, "id-removed");
		this.curator.post()
			.uri("/api/v1/books")
			.header(HttpHeaders.CONTENT_TYPE, "application/json")
			.bodyValue("{\"title\":\"Only Once\"}")
			.exchange()
			.expectStatus()
			.isCreated()
			.expectHeader()
			.location("/api/v1/books/only-once-2");
	}

	@Test
	void importAfterRemovalAddsNewBook() {
		String list = "* [Listed Twice](https://example.org/listed-twice) - Ann\n";
		importList(list);
		delete("/api/v1/books/listed-twice", "*").expectStatus().isNoContent();
		importList(list);
		assertThat(get("/api/v1/books/listed-twice-2").get("title").asString()).isEqualTo("Listed Twice");
	}

	@Test
	void rejectsRemovalOfBookUsedByPaths() {
		put("/api/v1/books/needed", "{\"title\":\"Needed\"}").expectStatus().isCreated();
		for (String path : new String[] { "through-one", "through-two" }) {
			put("/api/v1/paths/" + path,
					"{\"title\":\"Through\",\"gates\":[{\"id\":\"g\",\"title\":\"G\",\"steps\":[{\"book\":\"needed\"}]}]}")
				.expectStatus()
				.isCreated();
		}
		expectProblem(delete("/api/v1/books/needed", "*"), HttpStatus.CONFLICT, "book-in-use");
		delete("/api/v1/books/needed", "*").expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The book is a step of through-one, through-two. Remove the step from each path first.");
		for (String path : new String[] { "through-one", "through-two" }) {
			delete("/api/v1/paths/" + path, "*").expectStatus().isNoContent();
		}
		delete("/api/v1/books/needed", "*").expectStatus().isNoContent();
	}

	private void importList(String list) {
		this.curator.post()
			.uri("/api/v1/imports")
			.header(HttpHeaders.CONTENT_TYPE, "text/markdown")
			.bodyValue(list)
			.exchange()
			.expectStatus()
			.isCreated();
	}

	private WebTestClient.ResponseSpec delete(String path, String ifMatch) {
		return this.curator.delete().uri(path).headers((headers) -> {
			if (ifMatch != null) {
				headers.setIfMatch(ifMatch);
			}
		}).exchange();
	}

}
