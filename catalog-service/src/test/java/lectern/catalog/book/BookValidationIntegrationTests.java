package lectern.catalog.book;

import java.util.List;

import lectern.catalog.CatalogFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/** Invalid books are rejected with the reason, and nothing is written. */
class BookValidationIntegrationTests extends CatalogFixture {

	private static final String BOOK = "/api/v1/books/refused";

	private long before;

	@BeforeEach
	void countChanges() {
		this.before = changeCount();
	}

	@AfterEach
	void assertNothingWritten() {
		assertThat(changeCount()).isEqualTo(this.before);
		this.anonymous.get().uri(BOOK).exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"titel":"x"}                                               | /titel
					{}                                                          | /title
					{"title":null}                                              | /title
					{"title":" "}                                               | /title
					{"title":7}                                                 | /title
					{"title":{"a":1}}                                           | /title
					{"title":"a\\u0000b"}                                       | /title
					{"title":"a\\ud800b"}                                       | /title
					{"title":"x","authors":"Ada"}                               | /authors
					{"title":"x","authors":[null]}                              | /authors/0
					{"title":"x","authors":["Ada",7]}                           | /authors/1
					{"title":"x","authors":["Ada",""]}                          | /authors/1
					{"title":"x","language":"not a tag"}                        | /language
					{"title":"x","level":"expert"}                              | /level
					{"title":"x","level":1}                                     | /level
					{"title":"x","editions":[{"year":1066}]}                    | /editions/0/year
					{"title":"x","editions":[{"year":2020.5}]}                  | /editions/0/year
					{"title":"x","editions":[{"year":"2020"}]}                  | /editions/0/year
					{"title":"x","editions":[{"isbn":"9781492056350"}]}         | /editions/0/isbn
					{"title":"x","editions":[{"isbn":"9781492056355\\u0000"}]}  | /editions/0/isbn
					{"title":"x","editions":[{"year":3000}]}                    | /editions/0/year
					{"title":"x","editions":[{"year":2020},{"year":2021},{"year":2020}]} | /editions/2
					{"title":"x","editions":[{"isbn":"978-1-4920-5635-5"},{"isbn":"9781492056355","year":2022}]} | /editions/1
					{"title":"x","editions":[{"pagez":3}]}                      | /editions/0/pagez
					{"title":"x","freeAccess":[{"kind":"gift","url":"https://a.b"}]}     | /freeAccess/0/kind
					{"title":"x","freeAccess":[{"url":"https://a.b"}]}                   | /freeAccess/0/kind
					{"title":"x","freeAccess":[{"kind":"docs"}]}                         | /freeAccess/0/url
					{"title":"x","freeAccess":[{"kind":"docs","url":"javascript:x"}]}    | /freeAccess/0/url
					{"title":"x","freeAccess":[{"kind":"docs","url":"https://u:p@a.b"}]} | /freeAccess/0/url
					{"title":"x","freeAccess":[{"kind":"docs","url":"https://a.b","checkedAt":""}]}          | /freeAccess/0/checkedAt
					{"title":"x","freeAccess":[{"kind":"docs","url":"https://a.b","checkedAt":"2026-11-22"}]} | /freeAccess/0/checkedAt
					{"title":"x","level":""}                                    | /level
					{"title":"x","otherTitles":""}                              | /otherTitles
					{"title":"x","freeAccess":[{"kind":"docs","url":"https://a.b","checkedAt":"yesterday"}]} | /freeAccess/0/checkedAt
					""")
	void invalidMemberIsRejectedWithPointer(String content, String pointer) {
		expectInvalidMember(put(BOOK, content), pointer);
	}

	@Test
	void rejectsTooLongTitle() {
		expectInvalidMember(put(BOOK, "{\"title\":\"" + "x".repeat(10_000) + "\"}"), "/title");
		expectInvalidMember(put(BOOK, "{\"title\":\"" + "😀".repeat(5_000) + "\"}"), "/title");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"title\":", "", "null", "[]", "\"text\"", "{\"title\":NaN}",
			"{\"title\":\"x\",\"editions\":[{\"year\":NaN}]}", "{\"title\":\"x\",\"title\":\"y\"}",
			"{\"title\":\"x\"} x" })
	void rejectsMalformedDocument(String content) {
		expectProblem(put(BOOK, content), HttpStatus.BAD_REQUEST, "malformed");
	}

	@Test
	void allViolationsAreReportedTogether() {
		put(BOOK, "{\"title\":\"\",\"language\":\"?\",\"authors\":[\"\"]}").expectStatus()
			.isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
			.expectBody()
			.jsonPath("$.errors.length()")
			.isEqualTo(3);
	}

	@Test
	void rejectsUnsupportedMediaType() {
		expectProblem(this.curator.put()
			.uri(BOOK)
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("{\"title\":\"x\"}")
			.exchange(), HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");
	}

	@Test
	void rejectsBodyLargerThanOneMebibyte() {
		expectProblem(put(BOOK, "{\"title\":\"" + "x".repeat(1 << 20) + "\"}"), HttpStatus.CONTENT_TOO_LARGE,
				"too-large");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Upper", "two--hyphens", "-first", "last-", "under_score", "a b", "é" })
	void rejectsInvalidId(String id) {
		expectInvalidParameter(put("/api/v1/books/" + id, "{\"title\":\"x\"}"), "book");
	}

	@Test
	void rejectsMalformedRequestPath() {
		expectProblem(put("/api/v1/books/a\u0000b", "{\"title\":\"x\"}"), HttpStatus.BAD_REQUEST, "malformed");
		expectProblem(put("/api/v1/books/a;b", "{\"title\":\"x\"}"), HttpStatus.BAD_REQUEST, "malformed");
	}

	@Test
	void rejectsTooLongId() {
		expectInvalidParameter(put("/api/v1/books/" + "x".repeat(81), "{\"title\":\"x\"}"), "book");
		expectInvalidParameter(put("/api/v1/books/" + "x-".repeat(4000) + "x", "{\"title\":\"x\"}"), "book");
	}

	@Test
	void unsupportedMethodListsAllowedMethods() {
		this.curator.post()
			.uri(BOOK)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.METHOD_NOT_ALLOWED)
			.expectHeader()
			.valueEquals("Allow", "DELETE, GET, PATCH, PUT");
	}

	@Test
	void problemsRevealNoInternals() {
		for (String content : List.of("{\"titel\":1}", "{\"title\":", "{\"level\":\"x\"}")) {
			put(BOOK, content).expectBody(String.class)
				.value((body) -> assertThat(body).doesNotContain("lectern.catalog", "Exception", "BookContent",
						"select"));
		}
	}

}
