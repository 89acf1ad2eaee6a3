package lectern.catalog.book;

import java.util.List;
import java.util.stream.IntStream;

import lectern.catalog.CatalogFixture;
import lectern.streaming.log.Cursor;
import lectern.web.IdempotencyKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** POST of a book, and its repetition with an idempotency key. */
class BookCreationIntegrationTests extends CatalogFixture {

	@ParameterizedTest
	@CsvSource({ "A First Addition, a-first-addition", "Poésie à l'école, poesie-a-lecole",
			"C++ & C#, cplusplus-csharp", "Straße, strasse", "Война и мир, vojna-i-mir",
			"流畅的 Python, liu-chang-de-python" })
	void idIsDerivedFromTitle(String title, String id) {
		post("{\"title\":\"" + title + "\"}", null).expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals(HttpHeaders.LOCATION, "/api/v1/books/" + id)
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectHeader()
			.exists(Cursor.HEADER)
			.expectBody()
			.jsonPath("$.id")
			.isEqualTo(id);
		assertThat(get("/api/v1/books/" + id).get("title").asString()).isEqualTo(title);
	}

	@Test
	void duplicateTitleGetsNumberedId() {
		for (String id : List.of("namesake", "namesake-2", "namesake-3")) {
			post("{\"title\":\"Namesake\"}", null).expectStatus()
				.isCreated()
				.expectBody()
				.jsonPath("$.id")
				.isEqualTo(id);
		}
	}

	@Test
	void rejectsInvalidMember() {
		long before = changeCount();
		expectInvalidMember(post("{\"authors\":[]}", null), "/title");
		expectInvalidMember(post("{\"title\":\"" + "x".repeat(10_000) + "\"}", null), "/title");
		expectProblem(post("[]", null), HttpStatus.BAD_REQUEST, "malformed");
		assertThat(changeCount()).isEqualTo(before);
	}

	@Test
	void repeatedIdempotencyKeyReplaysFirstResponse() {
		EntityExchangeResult<String> first = added("{\"title\":\"Keyed\",\"language\":\"en\"}", "a-key");
		long before = changeCount();
		EntityExchangeResult<String> second = added("{\"language\":\"en\",\"title\":\"Keyed\"}", "a-key");
		assertThat(second.getResponseBody()).isEqualTo(first.getResponseBody());
		for (String header : List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, Cursor.HEADER, HttpHeaders.CONTENT_TYPE)) {
			assertThat(second.getResponseHeaders().getFirst(header)).as(header)
				.isEqualTo(first.getResponseHeaders().getFirst(header));
		}
		assertThat(first.getResponseHeaders().getFirst(IdempotencyKey.REPLAYED)).isNull();
		assertThat(second.getResponseHeaders().getFirst(IdempotencyKey.REPLAYED)).isEqualTo("true");
		assertThat(changeCount()).isEqualTo(before);
	}

	@Test
	void rejectsIdempotencyKeyReusedForOtherContent() {
		added("{\"title\":\"Keyed Once\"}", "once-only");
		expectProblem(post("{\"title\":\"Keyed Twice\"}", "once-only"), HttpStatus.UNPROCESSABLE_CONTENT,
				"idempotency-key-reused");
	}

	@Test
	void rejectedCommandDoesNotConsumeIdempotencyKey() {
		expectInvalidMember(post("{\"title\":\"\"}", "freed"), "/title");
		added("{\"title\":\"Freed\"}", "freed");
	}

	@Test
	void concurrentRepeatsAddOneBook() {
		long before = changeCount();
		List<String> responses = Flux.fromStream(IntStream.range(0, 8).boxed())
			.flatMap((_) -> Mono.fromCallable(() -> added("{\"title\":\"At Once\"}", "at-once").getResponseBody())
				.subscribeOn(Schedulers.boundedElastic()), 8)
			.collectList()
			.block(HANG_LIMIT);
		assertThat(responses).hasSize(8).containsOnly(responses.getFirst());
		assertThat(changeCount()).isEqualTo(before + 1);
	}

	@Test
	void expiredIdempotencyKeyIsNotReplayed() {
		added("{\"title\":\"Forgotten\"}", "a-week");
		this.database.sql("update idempotency_record set expires_at = now() - interval '1 second' where key = 'a-week'")
			.then()
			.block(HANG_LIMIT);
		assertThat(added("{\"title\":\"Forgotten\"}", "a-week").getResponseHeaders().getLocation())
			.hasToString("/api/v1/books/forgotten-2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a key", "caf\u00e9", "" })
	void rejectsMalformedIdempotencyKey(String key) {
		expectProblem(post("{\"title\":\"No Key\"}", key), HttpStatus.BAD_REQUEST, "malformed");
	}

	private EntityExchangeResult<String> added(String content, String key) {
		return post(content, key).expectStatus().isCreated().expectBody(String.class).returnResult();
	}

	private WebTestClient.ResponseSpec post(String content, String key) {
		return this.curator.post().uri("/api/v1/books").headers((headers) -> {
			if (key != null) {
				headers.set(IdempotencyKey.HEADER, key);
			}
		}).header(HttpHeaders.CONTENT_TYPE, "application/json").bodyValue(content).exchange();
	}

}
