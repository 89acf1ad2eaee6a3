package lectern.catalog.book;

import java.util.List;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Changes of books by PATCH. */
class BookPatchIntegrationTests {

	private static final String BOOK = "/books/patched";

	private static final String CONTENT = """
			{"title":"Patched","authors":["Ann","Bob"],"level":"beginner","summary":"Short.",
			"freeAccess":[{"kind":"docs","url":"https://a.b/c","format":"HTML"}]}
			""";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	private final TestApiClient unconditional = this.curator.ifMatch("*");

	private long version;

	private long changes;

	@BeforeEach
	void writeBook() {
		this.version = this.catalog.saveBook("patched", CONTENT).at("/version").asLong();
		this.changes = this.catalog.changeCount();
	}

	@Test
	void patchReplacesMembersAndNullRemovesThem() {
		this.unconditional.patch(BOOK, "{\"title\":\"New title\",\"level\":null,\"authors\":[\"Eve\"]}")
			.assertStatus(200)
			.assertVersion(this.version + 1)
			.assertCursor();
		this.curator.get(BOOK)
			.assertMember("/title", "New title")
			.assertMember("/level", null)
			.assertMember("/authors", List.of("Eve"))
			.assertMember("/summary", "Short.")
			.assertMember("/freeAccess/0/format", "HTML");
		assertThat(this.catalog.changeCount()).isEqualTo(this.changes + 1);
	}

	@Test
	void plainJsonIsAcceptedAsMergePatch() {
		this.unconditional.contentType("application/json")
			.patch(BOOK, "{\"language\":\"it\"}")
			.assertStatus(200)
			.assertMember("/language", "it")
			.assertMember("/title", "Patched");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"title\":\"Patched\"}", "{\"language\":null}", "{\"id\":\"x\",\"version\":99}" })
	void patchWithoutEffectAppendsNoChange(String patch) {
		this.unconditional.patch(BOOK, patch).assertStatus(200).assertVersion(this.version);
		assertThat(this.catalog.changeCount()).isEqualTo(this.changes);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"title":null}                                        | /title
			{"title":""}                                          | /title
			{"titel":"x"}                                         | /titel
			{"title":{"a":"x"}}                                   | /title
			{"authors":["Ann",null]}                              | /authors/1
			{"authors":["Ann",7]}                                 | /authors/1
			{"level":"expert"}                                    | /level
			{"freeAccess":[{"kind":"docs","url":"javascript:x"}]} | /freeAccess/0/url
			{"freeAccess":[{"kind":"docs"}]}                      | /freeAccess/0/url
			{"editions":[{"year":3000}]}                          | /editions/0/year
			{"summary":"a\\u0000b"}                               | /summary
			{"summary":"a\\ud800b"}                               | /summary
			""")
	void invalidMemberIsRejectedWithPointer(String patch, String pointer) {
		this.unconditional.patch(BOOK, patch).assertInvalidMember(pointer);
		assertThat(this.catalog.changeCount()).isEqualTo(this.changes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null", "7", "\"text\"", "{", "", "{\"title\":\"x\",\"title\":\"y\"}" })
	void rejectsMalformedPatch(String content) {
		this.unconditional.patch(BOOK, content).assertProblem(400, "malformed");
	}

	@Test
	void patchRequiresMatchingVersion() {
		this.curator.patch(BOOK, "{\"title\":\"x\"}")
			.assertProblem(428, "precondition-required")
			.assertVersion(this.version);
		this.curator.ifMatch("\"0\"")
			.patch(BOOK, "{\"title\":\"x\"}")
			.assertProblem(412, "precondition-failed")
			.assertVersion(this.version);
	}

	@Test
	void unknownBookIsNotFound() {
		this.curator.patch("/books/never-there", "{}").assertProblem(404, "not-found");
	}

	@Test
	void rejectsUnsupportedMediaType() {
		this.curator.contentType("application/json-patch+json")
			.patch(BOOK, "[]")
			.assertProblem(415, "unsupported-media-type");
	}

	@Test
	void concurrentPatchOfSameVersionFailsPrecondition() {
		TestApiClient writer = this.curator.ifMatch("\"" + this.version + "\"");
		List<Integer> statuses = Flux.range(0, 2)
			.flatMap((n) -> writer.send(HttpMethod.PATCH, BOOK, "{\"title\":\"Curator %d\"}".formatted(n)), 2)
			.map(TestApiResponse::status)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(statuses).containsExactlyInAnyOrder(200, 412);
	}

}
