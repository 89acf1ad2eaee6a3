package lectern.catalog.book;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Rejected writes of books. Each test also checks that nothing is written. */
class BookValidationIntegrationTests {

	private static final String BOOK = "/books/refused";

	private static final String VALID = "{\"title\":\"x\"}";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final long before = this.catalog.changeCount();

	@AfterEach
	void assertNothingWritten() {
		assertThat(this.catalog.changeCount()).isEqualTo(this.before);
		this.curator.get(BOOK).assertStatus(404);
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
		this.curator.put(BOOK, content).assertInvalidMember(pointer);
	}

	/**
	 * Its event was once 390 KB, which ends the stream of Spring's WebClient for good.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "PUT", "POST", "import" })
	void rejectsBookWhoseEventIsTooLarge(String how) {
		String content = bookWithLinks(200);
		String detail = switch (how) {
			case "PUT" -> this.curator.put(BOOK, content).assertInvalidMember("/freeAccess").text();
			case "POST" -> this.curator.post("/books", content).assertInvalidMember("/freeAccess").text();
			default -> this.curator.contentType("application/x-ndjson")
				.post("/imports", "{\"id\":\"refused\"," + content.substring(1))
				.assertStatus(201)
				.text();
		};
		assertThat(detail).contains("makes the document ", "bytes of JSON; at most 250000 are allowed", "/freeAccess");
	}

	/** They are escaped in the stream and take twice the size there. */
	@Test
	void sizeCountsEscapedLineSeparators() {
		String summary = "\u2028".repeat(1_000);
		String points = String.join(",", Collections.nCopies(45, "\"" + summary + "\""));
		this.curator.put(BOOK, "{\"title\":\"x\",\"keyPoints\":[" + points + "]}").assertInvalidMember("/keyPoints");
	}

	private static String bookWithLinks(int count) {
		String links = IntStream.range(0, count)
			.mapToObj((number) -> "{\"kind\":\"docs\",\"url\":\"https://a.example.org/" + number + "/"
					+ "x".repeat(1_870) + "\"}")
			.collect(Collectors.joining(","));
		return "{\"title\":\"Many Links\",\"freeAccess\":[" + links + "]}";
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "😀" })
	void rejectsTooLongTitle(String character) {
		this.curator.put(BOOK, "{\"title\":\"%s\"}".formatted(character.repeat(5_000))).assertInvalidMember("/title");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"title\":", "", "null", "[]", "\"text\"", "{\"title\":NaN}",
			"{\"title\":\"x\",\"editions\":[{\"year\":NaN}]}", "{\"title\":\"x\",\"title\":\"y\"}",
			"{\"title\":\"x\"} x" })
	void rejectsMalformedDocument(String content) {
		this.curator.put(BOOK, content).assertProblem(400, "malformed");
	}

	@Test
	void allViolationsAreReportedTogether() {
		assertThat(this.curator.put(BOOK, "{\"title\":\"\",\"language\":\"?\",\"authors\":[\"\"]}")
			.assertProblem(422, "invalid")
			.at("/errors")).hasSize(3);
	}

	@Test
	void faultsOfTypeAndOfValueAreReportedTogether() {
		String content = """
				{"title":"","level":"wizard","authors":"x","freeAccess":[{"kind":"z","url":"ftp://x"}]}""";
		for (TestApiResponse response : List.of(this.curator.put(BOOK, content),
				this.curator.post("/books", content))) {
			response.assertProblem(422, "invalid");
			assertThat(response.at("/errors").valueStream()).extracting((error) -> error.at("/pointer").asString())
				.containsExactly("/authors", "/freeAccess/0/kind", "/freeAccess/0/url", "/level", "/title");
			response.assertMember("/errors/0/detail", "must be a list")
				.assertMember("/errors/1/detail",
						"must be one of open-access, sample, library-loan, trial, talk, docs, blog, code")
				.assertMember("/errors/3/detail", "must be one of beginner, intermediate, advanced");
		}
	}

	@Test
	void rejectsUnsupportedMediaType() {
		this.curator.contentType("text/plain").put(BOOK, VALID).assertProblem(415, "unsupported-media-type");
	}

	@Test
	void rejectsBodyLargerThanOneMebibyte() {
		this.curator.put(BOOK, "{\"title\":\"%s\"}".formatted("x".repeat(1 << 20))).assertProblem(413, "too-large");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Upper", "two--hyphens", "-first", "last-", "under_score", "a%20b", "%C3%A9" })
	void rejectsInvalidId(String id) {
		this.curator.put("/books/" + id, VALID).assertInvalidParameter("book");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%00b", "a;b" })
	void rejectsMalformedRequestPath(String id) {
		this.curator.put("/books/" + id, VALID).assertProblem(400, "malformed");
	}

	@Test
	void rejectsTooLongId() {
		this.curator.put("/books/" + "x".repeat(81), VALID).assertInvalidParameter("book");
		this.curator.put("/books/" + "x-".repeat(4000) + "x", VALID).assertInvalidParameter("book");
	}

	@Test
	void unsupportedMethodListsAllowedMethods() {
		this.curator.post(BOOK).assertStatus(405).assertHeader("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
	}

	@Test
	void problemsRevealNoInternals() {
		for (String content : List.of("{\"titel\":1}", "{\"title\":", "{\"level\":\"x\"}")) {
			assertThat(this.curator.put(BOOK, content).text()).doesNotContain("lectern.catalog", "Exception",
					"BookContent", "select");
		}
	}

}
