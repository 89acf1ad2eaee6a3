package lectern.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Which requests need a token, and with which role. */
class CatalogAuthorizationIntegrationTests {

	private static final String CONTENT = "{\"title\":\"x\"}";

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient anonymous = this.catalog.anonymous();

	@ParameterizedTest
	@ValueSource(strings = { "/books/protected", "/paths/protected" })
	void writeWithoutTokenIsUnauthorized(String path) {
		this.anonymous.put(path, CONTENT)
			.assertProblem(401, "unauthenticated")
			.assertHeader("WWW-Authenticate", "Bearer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/books/protected", "/paths/protected" })
	void invalidTokenIsUnauthorized(String path) {
		for (String token : List.of(TestTokens.expired(), TestTokens.forAnotherAudience(), TestTokens.forged(),
				TestTokens.signedByUnknownKey(), TestTokens.unsigned(), "nonsense")) {
			this.anonymous.withToken(token).put(path, CONTENT).assertProblem(401, "unauthenticated");
		}
	}

	@Test
	void invalidTokenDoesNotMatterToReads() {
		this.anonymous.withToken("nonsense").get("/books").assertStatus(200);
		this.anonymous.withToken(TestTokens.expired()).head("/paths").assertStatus(200);
		this.anonymous.withToken("nonsense").get("/imports").assertProblem(401, "unauthenticated");
	}

	@Test
	void tokenIsUnauthorizedOnceItsSessionHasEnded() {
		String session = UUID.randomUUID().toString();
		TestApiClient curator = this.anonymous
			.withToken(TestTokens.ofSession(session, List.of("curator"), Duration.ofMinutes(30)));
		curator.get("/imports").assertStatus(200);

		TestTokens.endSession(session);

		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> curator.get("/imports").assertProblem(401, "unauthenticated"));
		curator.get("/books").assertStatus(200);
		this.catalog.curator().get("/imports").assertStatus(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/books/protected", "/paths/protected" })
	void writeByReaderIsForbidden(String path) {
		this.catalog.reader().put(path, CONTENT).assertProblem(403, "forbidden");
	}

	@Test
	void everyWriteMethodRequiresCurator() {
		Map<String, List<HttpMethod>> writes = Map.of("/books", List.of(HttpMethod.POST), "/books/fluent-python",
				List.of(HttpMethod.PATCH, HttpMethod.DELETE), "/paths/temporal-architect", List.of(HttpMethod.DELETE),
				"/imports", List.of(HttpMethod.POST, HttpMethod.GET), "/imports/1", List.of(HttpMethod.GET));
		writes.forEach((path, methods) -> methods.forEach((method) -> {
			send(this.anonymous, method, path).assertProblem(401, "unauthenticated");
			send(this.catalog.reader(), method, path).assertProblem(403, "forbidden");
		}));
	}

	/** Nobody may do what is not possible, so nobody is asked who they are. */
	@Test
	void unknownPathsAndMethodsNeedNoToken() {
		for (TestApiClient client : List.of(this.anonymous, this.catalog.reader())) {
			send(client, HttpMethod.POST, "/nothing").assertProblem(404, "not-found");
			send(client, HttpMethod.POST, "/books/fluent-python").assertProblem(405, "method-not-allowed");
			send(client, HttpMethod.DELETE, "/topics").assertProblem(405, "method-not-allowed")
				.assertHeader("Allow", "GET, HEAD, OPTIONS");
			send(client, HttpMethod.POST, "/catalog/events").assertProblem(405, "method-not-allowed");
			for (String path : List.of("/books", "/books/fluent-python", "/imports", "/catalog/events")) {
				TestApiResponse options = send(client, HttpMethod.OPTIONS, path).assertStatus(204);
				assertThat(options.header("Allow")).contains("GET", "HEAD", "OPTIONS");
			}
		}
	}

	private static TestApiResponse send(TestApiClient client, HttpMethod method, String path) {
		return client.ifMatch("*").send(method, path).blockOptional(HANG_LIMIT).orElseThrow();
	}

	@Test
	void unauthorizedWriteIsRejectedBeforeBodyIsRead() {
		this.anonymous.put("/books/protected", "{").assertProblem(401, "unauthenticated");
	}

	@Test
	void cookieChangesNothingForPageOfAnotherOrigin() {
		TestApiClient browser = this.anonymous.with("Cookie", "lectern-token=" + TestTokens.curator());
		browser.with("Sec-Fetch-Site", "same-site").put("/books/protected", CONTENT).assertProblem(403, "cross-origin");
		browser.with("Sec-Fetch-Site", "same-origin").put("/books/protected", "{").assertStatus(400);
	}

	@Test
	void pagesOfAllOriginsMayReadWhatIsPublic() {
		this.anonymous.get("/books").assertHeader("Access-Control-Allow-Origin", "*");
		this.anonymous.get("/books/nowhere").assertStatus(404).assertHeader("Access-Control-Allow-Origin", "*");
		this.anonymous.get("/imports").assertHeader("Access-Control-Allow-Origin", null);
		this.anonymous.put("/books/protected", CONTENT).assertHeader("Access-Control-Allow-Origin", null);
	}

	@Test
	void acceptsTokenFromCookie() {
		this.anonymous.with("Cookie", "lectern-token=" + TestTokens.reader())
			.get("/books")
			.assertStatus(200)
			.assertHeader("Cache-Control", "private, no-store");
	}

	@Test
	void metricsAreServedOnlyOnManagementPort() {
		TestApiClient.of(this.catalog.url()).get("/actuator/prometheus").assertProblem(404, "not-found");
		this.catalog.saveBook("measured", "{\"title\":\"Measured\"}");
		assertThat(this.catalog.management().get("/actuator/prometheus").assertStatus(200).text()).contains(
				"lectern_stream_subscribers{", "lectern_log_append_duration_seconds_count",
				"lectern_log_append_batch_sum", "r2dbc_pool_acquired", "http_server_requests_seconds_count",
				"jvm_memory_used_bytes");
	}

}
