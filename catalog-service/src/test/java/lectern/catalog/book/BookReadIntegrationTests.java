package lectern.catalog.book;

import java.time.Instant;
import java.util.List;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Members and headers of the responses to GET and HEAD. */
class BookReadIntegrationTests {

	private static final String PUBLIC = "public, max-age=0, s-maxage=5";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient anonymous = this.catalog.anonymous();

	@Test
	void bookJsonHasDocumentedMembers() {
		TestApiResponse book = this.anonymous.get("/books/the-design-of-web-apis")
			.assertStatus(200)
			.assertMember("/otherTitles/0", "The Design of Everyday APIs")
			.assertMember("/authors/0", "Arnaud Lauret")
			.assertMember("/level", "beginner")
			.assertMember("/editions/0/year", 2019)
			.assertMember("/freeAccess/0/kind", "blog")
			.assertMember("/freeAccess/0/state", null)
			.assertMember("/content", null);
		assertThat(Instant.parse(book.at("/createdAt").asString())).isBefore(Instant.now());
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/books", "/books?q=python", "/books/fluent-python", "/paths", "/paths/temporal-architect" })
	void matchingEntityTagReturnsNotModified(String path) {
		String etag = this.anonymous.get(path).etag();
		TestApiResponse notModified = this.anonymous.ifNoneMatch(etag)
			.get(path)
			.assertStatus(304)
			.assertHeader("ETag", etag)
			.assertCursor()
			.assertHeader("Cache-Control", PUBLIC);
		assertThat(notModified.text()).isEmpty();
		this.anonymous.ifNoneMatch("\"another\"").get(path).assertStatus(200);
	}

	@Test
	void onlyAnonymousResponsesAreCacheable() {
		for (String path : List.of("/books", "/books/fluent-python", "/paths/temporal-architect")) {
			this.anonymous.get(path)
				.assertHeader("Cache-Control", PUBLIC)
				.assertNoHeader("Pragma")
				.assertNoHeader("Expires");
			this.catalog.curator().get(path).assertStatus(200).assertHeader("Cache-Control", "private, no-store");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nowhere", "Not-An-Id", "a--b", "fluent-python-" })
	void unknownBookIsNotFound(String id) {
		this.anonymous.get("/books/" + id).assertProblem(404, "not-found").assertHeader("Cache-Control", "no-store");
	}

	@Test
	void rejectsUnacceptableMediaType() {
		this.anonymous.with("Accept", "application/pdf").get("/books").assertProblem(406, "not-acceptable");
	}

	@Test
	void headRequestReturnsEntityTag() {
		assertThat(this.anonymous.head("/books/fluent-python").assertStatus(200).etag()).isNotBlank();
	}

}
