package lectern.catalog.book;

import java.util.List;
import java.util.Objects;

import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Creation of books by POST, with and without an idempotency key. */
class BookCreationIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	@ParameterizedTest
	@CsvSource({ "A First Addition, a-first-addition", "Poésie à l'école, poesie-a-lecole",
			"C++ & C#, cplusplus-csharp", "Straße, strasse", "Война и мир, vojna-i-mir",
			"流畅的 Python, liu-chang-de-python" })
	void idIsDerivedFromTitle(String title, String id) {
		create(this.curator, title).assertHeader("Location", "/api/v1/books/" + id)
			.assertVersion(1)
			.assertCursor()
			.assertMember("/id", id);
		this.curator.get("/books/" + id).assertMember("/title", title);
	}

	@Test
	void duplicateTitleGetsNumberedId() {
		for (String id : List.of("namesake", "namesake-2", "namesake-3")) {
			create(this.curator, "Namesake").assertMember("/id", id);
		}
	}

	@Test
	void rejectsInvalidMember() {
		long before = this.catalog.changeCount();
		this.curator.post("/books", "{\"authors\":[]}").assertInvalidMember("/title");
		this.curator.post("/books", "{\"title\":\"%s\"}".formatted("x".repeat(10_000))).assertInvalidMember("/title");
		this.curator.post("/books", "[]").assertProblem(400, "malformed");
		assertThat(this.catalog.changeCount()).isEqualTo(before);
	}

	@Test
	void repeatedIdempotencyKeyReplaysFirstResponse() {
		TestApiClient client = this.curator.idempotencyKey("a-key");
		TestApiResponse first = client.post("/books", "{\"title\":\"Keyed\",\"language\":\"en\"}")
			.assertStatus(201)
			.assertNoHeader("Idempotency-Replayed");
		long before = this.catalog.changeCount();
		TestApiResponse second = client.post("/books", "{\"language\":\"en\",\"title\":\"Keyed\"}")
			.assertStatus(201)
			.assertHeader("Idempotency-Replayed", "true");
		assertThat(second.text()).isEqualTo(first.text());
		for (String header : List.of("Location", "ETag", "Cursor", "Content-Type")) {
			second.assertHeader(header, first.header(header));
		}
		assertThat(this.catalog.changeCount()).isEqualTo(before);
	}

	@Test
	void rejectsIdempotencyKeyReusedForOtherContent() {
		TestApiClient client = this.curator.idempotencyKey("once-only");
		create(client, "Keyed Once");
		client.post("/books", "{\"title\":\"Keyed Twice\"}").assertProblem(422, "idempotency-key-reused");
	}

	@Test
	void rejectedCommandDoesNotConsumeIdempotencyKey() {
		TestApiClient client = this.curator.idempotencyKey("freed");
		client.post("/books", "{\"title\":\"\"}").assertInvalidMember("/title");
		create(client, "Freed");
	}

	@Test
	void concurrentRepeatsAddOneBook() {
		long before = this.catalog.changeCount();
		TestApiClient client = this.curator.idempotencyKey("concurrent");
		List<String> responses = Objects.requireNonNull(Flux.range(0, 8)
			.flatMap((_) -> client.send(HttpMethod.POST, "/books", "{\"title\":\"Concurrent\"}"), 8)
			.map((response) -> response.assertStatus(201).text())
			.collectList()
			.block(HANG_LIMIT));
		assertThat(responses).hasSize(8).containsOnly(responses.getFirst());
		assertThat(this.catalog.changeCount()).isEqualTo(before + 1);
	}

	@Test
	void expiredIdempotencyKeyIsNotReplayed() {
		TestApiClient client = this.curator.idempotencyKey("expired");
		create(client, "Expired");
		this.catalog.database()
			.sql("update idempotency_record set expires_at = now() - interval '1 second' where key = 'expired'")
			.then()
			.block(HANG_LIMIT);
		create(client, "Expired").assertHeader("Location", "/api/v1/books/expired-2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a key", "caf\u00e9", "" })
	void rejectsMalformedIdempotencyKey(String key) {
		this.curator.idempotencyKey(key).post("/books", "{\"title\":\"No Key\"}").assertProblem(400, "malformed");
	}

	private static TestApiResponse create(TestApiClient client, String title) {
		return client.post("/books", "{\"title\":\"%s\"}".formatted(title)).assertStatus(201);
	}

}
