package lectern.catalog.book;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import lectern.catalog.CatalogFixture;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** PATCH of a book. */
class BookPatchIntegrationTests extends CatalogFixture {

	private static final String BOOK = "/api/v1/books/patched";

	private static final String CONTENT = """
			{"title":"Patched","authors":["Ann","Bob"],"level":"beginner","summary":"Short.",
			"freeAccess":[{"kind":"docs","url":"https://a.b/c","format":"HTML"}]}
			""";

	@BeforeEach
	void writeBook() {
		put(BOOK, CONTENT, (headers) -> {
			if (this.anonymous.get().uri(BOOK).exchange().returnResult(Void.class).getStatus().is2xxSuccessful()) {
				headers.setIfMatch("*");
			}
		}).expectStatus().is2xxSuccessful();
	}

	@Test
	void patchReplacesMembersAndNullRemovesThem() {
		long before = changeCount();
		long version = version();
		patch("{\"title\":\"Patched again\",\"level\":null,\"authors\":[\"Eve\"]}",
				(headers) -> headers.setIfMatch("*"))
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"" + (version + 1) + "\"")
			.expectHeader()
			.exists(Cursor.HEADER);
		JsonNode book = get(BOOK);
		assertThat(book.get("title").asString()).isEqualTo("Patched again");
		assertThat(book.has("level")).isFalse();
		assertThat(book.get("authors")).hasSize(1);
		assertThat(book.get("summary").asString()).isEqualTo("Short.");
		assertThat(book.at("/freeAccess/0/format").asString()).isEqualTo("HTML");
		assertThat(changeCount()).isEqualTo(before + 1);
	}

	@Test
	void plainJsonIsAcceptedAsMergePatch() {
		this.curator.patch()
			.uri(BOOK)
			.header(HttpHeaders.CONTENT_TYPE, "application/json")
			.header(HttpHeaders.IF_MATCH, "*")
			.bodyValue("{\"language\":\"it\"}")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.language")
			.isEqualTo("it")
			.jsonPath("$.title")
			.isEqualTo("Patched");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"title\":\"Patched\"}", "{\"language\":null}", "{\"id\":\"x\",\"version\":99}" })
	void patchWithoutEffectAppendsNoChange(String patch) {
		long before = changeCount();
		long version = version();
		patch(patch, (headers) -> headers.setIfMatch("*")).expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"" + version + "\"");
		assertThat(changeCount()).isEqualTo(before);
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
		long before = changeCount();
		expectInvalidMember(patch(patch, (headers) -> headers.setIfMatch("*")), pointer);
		assertThat(changeCount()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null", "7", "\"text\"", "{", "", "{\"title\":\"x\",\"title\":\"y\"}" })
	void rejectsMalformedPatch(String content) {
		expectProblem(patch(content, (headers) -> headers.setIfMatch("*")), HttpStatus.BAD_REQUEST, "malformed");
	}

	@Test
	void patchRequiresMatchingVersion() {
		String current = "\"" + version() + "\"";
		expectProblem(patch("{\"title\":\"x\"}", (_) -> {
		}).expectHeader().valueEquals(HttpHeaders.ETAG, current), HttpStatus.PRECONDITION_REQUIRED,
				"precondition-required");
		expectProblem(patch("{\"title\":\"x\"}", (headers) -> headers.setIfMatch("\"0\"")).expectHeader()
			.valueEquals(HttpHeaders.ETAG, current), HttpStatus.PRECONDITION_FAILED, "precondition-failed");
	}

	@Test
	void unknownBookIsNotFound() {
		expectProblem(this.curator.patch()
			.uri("/api/v1/books/never-there")
			.header(HttpHeaders.CONTENT_TYPE, "application/merge-patch+json")
			.bodyValue("{}")
			.exchange(), HttpStatus.NOT_FOUND, "not-found");
	}

	@Test
	void rejectsUnsupportedMediaType() {
		expectProblem(this.curator.patch()
			.uri(BOOK)
			.header(HttpHeaders.CONTENT_TYPE, "application/json-patch+json")
			.bodyValue("[]")
			.exchange(), HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");
	}

	@Test
	void concurrentPatchOfSameVersionFailsPrecondition() {
		String tag = "\"" + version() + "\"";
		List<Integer> statuses = Flux.fromStream(IntStream.range(0, 2).boxed())
			.flatMap((n) -> Mono
				.fromCallable(() -> patch("{\"title\":\"Curator " + n + "\"}", (headers) -> headers.setIfMatch(tag))
					.returnResult(String.class)
					.getStatus()
					.value())
				.subscribeOn(Schedulers.boundedElastic()), 2)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(statuses).containsExactlyInAnyOrder(200, 412);
	}

	private long version() {
		return get(BOOK).get("version").asLong();
	}

	private WebTestClient.ResponseSpec patch(String content, Consumer<HttpHeaders> headers) {
		return this.curator.patch()
			.uri(BOOK)
			.header(HttpHeaders.CONTENT_TYPE, "application/merge-patch+json")
			.headers(headers)
			.bodyValue(content)
			.exchange();
	}

}
