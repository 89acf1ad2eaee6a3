package lectern.catalog.book;

import java.time.Instant;
import java.util.List;

import lectern.catalog.CatalogFixture;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The members and headers of responses to reads. */
class BookReadIntegrationTests extends CatalogFixture {

	@Test
	void bookJsonHasDocumentedMembers() {
		this.anonymous.get()
			.uri("/api/v1/books/the-design-of-web-apis")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.otherTitles[0]")
			.isEqualTo("The Design of Everyday APIs")
			.jsonPath("$.authors[0]")
			.isEqualTo("Arnaud Lauret")
			.jsonPath("$.level")
			.isEqualTo("beginner")
			.jsonPath("$.editions[0].year")
			.isEqualTo(2019)
			.jsonPath("$.freeAccess[0].kind")
			.isEqualTo("blog")
			.jsonPath("$.freeAccess[0].state")
			.doesNotExist()
			.jsonPath("$.createdAt")
			.value(String.class, (at) -> Instant.parse(at))
			.jsonPath("$.content")
			.doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/books", "/api/v1/books?q=python", "/api/v1/books/fluent-python", "/api/v1/paths",
			"/api/v1/paths/temporal-architect" })
	void matchingEntityTagReturnsNotModified(String read) {
		HttpHeaders first = this.anonymous.get().uri(read).exchange().returnResult(String.class).getResponseHeaders();
		this.anonymous.get()
			.uri(read)
			.ifNoneMatch(first.getETag())
			.exchange()
			.expectStatus()
			.isNotModified()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, first.getETag())
			.expectHeader()
			.exists(Cursor.HEADER)
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "public, max-age=0, s-maxage=5")
			.expectBody()
			.isEmpty();
		this.anonymous.get().uri(read).ifNoneMatch("\"another\"").exchange().expectStatus().isOk();
	}

	@Test
	void onlyAnonymousResponsesAreCacheable() {
		for (String read : List.of("/api/v1/books", "/api/v1/books/fluent-python",
				"/api/v1/paths/temporal-architect")) {
			this.anonymous.get()
				.uri(read)
				.exchange()
				.expectHeader()
				.valueEquals(HttpHeaders.CACHE_CONTROL, "public, max-age=0, s-maxage=5")
				.expectHeader()
				.doesNotExist("Pragma")
				.expectHeader()
				.doesNotExist("Expires");
			this.curator.get()
				.uri(read)
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-store");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nowhere", "Not-An-Id", "a--b", "fluent-python-" })
	void unknownBookIsNotFound(String id) {
		expectProblem(this.anonymous.get()
			.uri("/api/v1/books/" + id)
			.exchange()
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "no-store"), HttpStatus.NOT_FOUND, "not-found");
	}

	@Test
	void rejectsUnacceptableMediaType() {
		expectProblem(this.anonymous.get().uri("/api/v1/books").header("Accept", "application/pdf").exchange(),
				HttpStatus.NOT_ACCEPTABLE, "not-acceptable");
	}

	@Test
	void headRequestReturnsEntityTag() {
		this.anonymous.head()
			.uri("/api/v1/books/fluent-python")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.exists(HttpHeaders.ETAG);
	}

}
