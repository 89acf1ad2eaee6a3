package lectern.progress.command;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/** Starting, reading and listing of readings over HTTP. */
class ReadingIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.newReader();

	@BeforeAll
	static void addBooks() {
		PROGRESS.addBook("fluent-python", "Fluent Python", "Luciano Ramalho", "[{\"label\":\"2nd\"}]");
		PROGRESS.addBook("other", "Other", "Somebody");
	}

	@Test
	void startedReadingIsReturnedByGet() {
		TestApiResponse started = this.reader.post("/readings", "{\"book\":\"fluent-python\",\"edition\":\"2nd\"}")
			.assertStatus(201)
			.assertVersion(1)
			.assertHeader(HttpHeaders.CACHE_CONTROL, "private, no-store")
			.assertMember("/book/id", "fluent-python")
			.assertMember("/book/title", "Fluent Python")
			.assertMember("/book/authors/0", "Luciano Ramalho")
			.assertMember("/edition", "2nd")
			.assertMember("/status", "reading")
			.assertMember("/version", 1)
			.assertMember("/devices", new String[0])
			.assertMember("/position", null);
		assertThat(started.cursor()).matches("[a-z0-9]{12}-[a-z0-9]+");
		assertThat(started.location()).matches(this.reader.path() + "/readings/[0-9a-f-]{36}");
		String seen = "?seen=" + started.cursor();
		TestApiResponse returned = this.reader.client()
			.get(started.location() + seen)
			.assertStatus(200)
			.assertVersion(1)
			.assertCursor();
		assertThat(returned.text()).isEqualTo(started.text());
		TestApiResponse list = this.reader.get("/readings" + seen + "&limit=200&status=reading").assertCursor();
		assertThat(list.assertStatus(200).text()).contains(started.text());
		TestApiResponse notModified = this.reader.client().ifNoneMatch("\"1\"").get(started.location());
		assertThat(notModified.assertStatus(304).text()).isEmpty();
	}

	@Test
	void repeatedStartWithSameIdCreatesOneReading() {
		String id = UUID.randomUUID().toString();
		String start = "{\"book\":\"%s\",\"id\":\"%s\"}";
		String first = this.reader.post("/readings", start.formatted("fluent-python", id)).assertStatus(201).text();
		TestApiResponse again = this.reader.post("/readings", start.formatted("fluent-python", id))
			.assertStatus(200)
			.assertHeader("Location", this.reader.path() + "/readings/" + id);
		assertThat(again.text()).isEqualTo(first);
		assertProblem(this.reader.post("/readings", start.formatted("other", id)), 409, "reading-id-taken");
		assertProblem(PROGRESS.newReader().post("/readings", start.formatted("fluent-python", id)), 409,
				"reading-id-taken");
	}

	@Test
	void rejectsUnknownBook() {
		assertProblem(this.reader.post("/readings", "{\"book\":\"no-such-book\"}"), 409, "unknown-book");
		assertThat(this.reader.eventCount()).isZero();
	}

	@ParameterizedTest
	@MethodSource("invalidStarts")
	void invalidStartIsRejectedWithPointer(String content, String pointer) {
		this.reader.post("/readings", content).assertInvalidMember(pointer);
		assertThat(this.reader.eventCount()).isZero();
	}

	static Stream<Arguments> invalidStarts() {
		return Stream.of(invalid("{}", "/book"), invalid("{\"book\":7}", "/book"), invalid("{\"book\":\"\"}", "/book"),
				invalid("{\"book\":null}", "/book"), invalid("{\"book\":[\"other\"]}", "/book"),
				invalid("{\"book\":\"other\",\"id\":7}", "/id"), invalid("{\"book\":\"other\",\"id\":\"\"}", "/id"),
				invalid("{\"book\":\"other\",\"id\":\"" + UUID.randomUUID().toString().repeat(100) + "\"}", "/id"),
				invalid("{\"book\":\"other\",\"edition\":2}", "/edition"),
				invalid("{\"book\":\"other\",\"edition\":\" \"}", "/edition"),
				invalid("{\"book\":\"" + "x".repeat(81) + "\"}", "/book"), invalid("{\"book\":\"a\\u0000\"}", "/book"),
				invalid("{\"book\":\"other\",\"id\":\"1\"}", "/id"),
				invalid("{\"book\":\"other\",\"id\":\"1-1-1-1-1\"}", "/id"),
				invalid("{\"book\":\"other\",\"edition\":\"" + "x".repeat(201) + "\"}", "/edition"),
				invalid("{\"book\":\"other\",\"reader\":\"eve\"}", "/reader"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-uuid", "1-1-1-1-1", "0f8fad5b-d9cb-469f-a165-70867728950e", "'" })
	void unknownReadingIsNotFound(String id) {
		assertProblem(this.reader.reading(id).get(), 404, "not-found");
	}

	@Test
	void otherReadersReadingIsNotFound() {
		TestReading reading = PROGRESS.newReader().reading(this.reader.start("fluent-python").id());
		assertProblem(reading.report(0.5), 404, "not-found");
		assertProblem(reading.get(), 404, "not-found");
	}

	@Test
	void otherReadersPathIsForbiddenAndAnonymousIsUnauthenticated() {
		TestReader other = PROGRESS.newReader();
		TestReading reading = this.reader.start("fluent-python");
		String readings = this.reader.path() + "/readings";
		for (String path : List.of(readings, reading.path(), this.reader.path() + "/events")) {
			assertProblem(other.client().get(path), 403, "forbidden");
			assertProblem(PROGRESS.anonymous().get(path), 401, "unauthenticated");
		}
		for (String path : List.of(readings, reading.path() + "/positions")) {
			assertProblem(other.client().post(path, "{}"), 403, "forbidden");
			assertProblem(PROGRESS.anonymous().post(path, "{}"), 401, "unauthenticated");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=201", "limit=x", "limit=1&limit=2", "page=nonsense",
			"page=MDpub25zZW5zZQ", "status=open", "book=A%20Book", "status=", "seen=nonsense", "seen=otherepoch1-1",
			"asOf=now", "q=x" })
	void rejectsInvalidParameterByName(String query) {
		this.reader.get("/readings?" + query).assertInvalidParameter(query.substring(0, query.indexOf('=')));
	}

	@Test
	void pagingReturnsEveryReadingOnce() {
		List<String> started = new ArrayList<>();
		String cursor = "";
		for (int number = 0; number < 5; number++) {
			TestReading reading = this.reader.start("other");
			started.add(reading.id());
			cursor = reading.report(0.1).cursor();
		}
		List<String> listed = new ArrayList<>();
		String query = "?limit=2&seen=" + cursor;
		for (int page = 0; page < 3; page++) {
			JsonNode content = this.reader.get("/readings" + query).assertStatus(200).json();
			content.path("items").forEach((item) -> listed.add(item.path("id").stringValue()));
			assertThat(content.has("next")).isEqualTo(page < 2);
			query = "?limit=2&page=" + content.path("next").asString();
		}
		assertThat(listed).containsExactlyInAnyOrderElementsOf(started).isSorted();
	}

	@Test
	void rejectsUnsupportedRequests() {
		String readings = this.reader.path() + "/readings";
		assertProblem(this.reader.delete("/readings"), 405, "method-not-allowed");
		assertProblem(this.reader.client().with("Accept", "text/html").get(readings), 406, "not-acceptable");
		assertProblem(this.reader.client().contentType("text/plain").post(readings, "x"), 415,
				"unsupported-media-type");
		assertProblem(this.reader.post("/readings", "{\"book\":\"" + "x".repeat(1_100_000) + "\"}"), 413, "too-large");
		assertProblem(this.reader.reading(UUID.randomUUID().toString()).get("?asOf=x"), 400, "invalid-parameter");
	}

	@Test
	void onlyPublicKeysArePubliclyCacheable() {
		assertThat(PROGRESS.anonymous().get("/.well-known/jwks.json").header(HttpHeaders.CACHE_CONTROL))
			.contains("public")
			.doesNotContain("private");
		this.reader.get("/readings").assertHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
	}

	/** No problem is cached, whatever it is about. */
	private static void assertProblem(TestApiResponse response, int status, String name) {
		assertThat(response.assertProblem(status, name).header(HttpHeaders.CACHE_CONTROL)).contains("no-store");
	}

	private static Arguments invalid(String content, String pointer) {
		return Arguments.of(content, pointer);
	}

}
