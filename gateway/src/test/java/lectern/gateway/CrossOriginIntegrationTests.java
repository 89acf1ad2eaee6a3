package lectern.gateway;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What pages of other origins can do, with and without the cookie of a browser. */
@NullUnmarked
class CrossOriginIntegrationTests extends GatewayFixture {

	private static final String ALLOWED = "https://reader.example";

	private static final String OTHER = "https://other.example";

	private static final String BOOK = "/api/v1/books/fluent-python";

	private static final String PRIVATE_PATH = "/api/v1/readers/ada/readings";

	@Test
	void cookieChangesSomethingOnlyForPagesOfTheSameOrigin() {
		for (List<String> foreign : List.of(List.of("Accept", "*/*"), List.of("Sec-Fetch-Site", "same-site"),
				List.of("Sec-Fetch-Site", "cross-site"), List.of("Origin", "http://127.0.0.1:1"),
				List.of("Origin", ALLOWED))) {
			putWithCookie(TestTokens.curator(), foreign).expectStatus()
				.isForbidden()
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/cross-origin");
		}
		for (List<String> own : List.of(List.of("Sec-Fetch-Site", "same-origin"), List.of("Sec-Fetch-Site", "none"),
				List.of("Origin", "http://127.0.0.1:" + this.port))) {
			putWithCookie(TestTokens.curator(), own).expectStatus().isOk();
		}
	}

	@Test
	void expiredCookieIsNotRenewedForPageOfAnotherOrigin() {
		TOKENS.reset();
		TOKENS.renewed = TestTokens.reader();
		String expired = TestTokens.ofSession(UUID.randomUUID().toString(), List.of(), Duration.ofSeconds(-60));
		putWithCookie(expired, List.of("Sec-Fetch-Site", "same-site")).expectStatus()
			.isForbidden()
			.expectHeader()
			.doesNotExist(HttpHeaders.SET_COOKIE);
		assertThat(TOKENS.renewals).hasValue(0);
		TOKENS.reset();
	}

	private WebTestClient.ResponseSpec putWithCookie(String token, List<String> header) {
		return this.client.put()
			.uri(BOOK)
			.cookie("lectern-token", token)
			.header(header.getFirst(), header.getLast())
			.exchange();
	}

	/** The services add the headers to their responses. */
	@Test
	void everybodyMayReadPublicStreams() {
		HttpHeaders headers = headers(this.client.head().uri("/api/v1/catalog/events").header("Origin", OTHER));
		assertThat(headers.get("Access-Control-Allow-Origin")).containsExactly("*");
		assertThat(headers.getAccessControlExposeHeaders()).contains("Cursor", "ETag", "Retry-After");
		assertThat(headers.getFirst("Access-Control-Allow-Credentials")).isNull();
		assertThat(headers.getFirst("RateLimit-Policy")).startsWith("\"streams-per-address\";q=")
			.endsWith(";qu=\"concurrent-requests\"");
	}

	@Test
	void onlyConfiguredOriginsMayReadWhatIsPrivate() {
		HttpHeaders allowed = headers(privateRead(ALLOWED));
		assertThat(allowed.getAccessControlAllowOrigin()).isEqualTo(ALLOWED);
		assertThat(allowed.getVary()).contains("Origin");
		assertThat(allowed.getFirst("Access-Control-Allow-Credentials")).isNull();
		HttpHeaders other = headers(privateRead(OTHER));
		assertThat(other.getAccessControlAllowOrigin()).isNull();
		assertThat(other.getVary()).contains("Origin");
	}

	private WebTestClient.RequestHeadersSpec<?> privateRead(String origin) {
		return this.client.get()
			.uri(PRIVATE_PATH)
			.header("Origin", origin)
			.headers((headers) -> headers.setBearerAuth(TestTokens.reader()));
	}

	/**
	 * A shared cache that has the response must not give it to the page of another
	 * origin.
	 */
	@Test
	void privateResponseVariesByOriginAlsoForProgram() {
		for (String way : List.of("", "trailers")) {
			HttpHeaders headers = headers(this.client.get()
				.uri(PRIVATE_PATH)
				.headers((request) -> request.setBearerAuth(TestTokens.reader()))
				.header(way.isEmpty() ? "X-Way" : "TE", way));
			assertThat(headers.get("Vary")).containsExactly("Origin");
			assertThat(headers.getAccessControlAllowOrigin()).isNull();
		}
	}

	@Test
	void pageOfAnotherOriginMayReadWhyPublicReadFails() {
		HttpHeaders failure = this.client.get()
			.uri("/api/v1/activity/nothing")
			.header("Origin", OTHER)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.returnResult()
			.getResponseHeaders();
		assertThat(failure.getAccessControlAllowOrigin()).isEqualTo("*");
		assertThat(failure.getVary()).doesNotContain("Origin");
	}

	@Test
	void pagesOfThisOriginAreNotForOthers() {
		HttpHeaders page = headers(this.client.get().uri("/problems/not-found").header("Origin", ALLOWED));
		assertThat(page.getAccessControlAllowOrigin()).isNull();
	}

	@Test
	void preflightIsAnsweredForEveryMethodAndPath() {
		for (String path : List.of("/api/v1/topics", "/api/v1/bookz", PRIVATE_PATH, "/nothing", "/")) {
			for (String method : List.of("DELETE", "FOO", "OPTIONS")) {
				this.client.options()
					.uri(path)
					.header("Origin", OTHER)
					.header("Access-Control-Request-Method", method)
					.exchange()
					.expectStatus()
					.isNoContent()
					.expectHeader()
					.doesNotExist("Access-Control-Allow-Origin")
					.expectHeader()
					.doesNotExist("Access-Control-Allow-Methods");
			}
		}
		HttpHeaders allowed = headers(preflight("/api/v1/topics", HttpMethod.valueOf("FOO"), ALLOWED));
		assertThat(allowed.getAccessControlAllowMethods()).doesNotContain(HttpMethod.valueOf("FOO"));
	}

	@Test
	void preflightOfPublicReadAllowsReadsAlone() {
		HttpHeaders read = headers(preflight(BOOK, HttpMethod.GET, OTHER));
		assertThat(read.getAccessControlAllowMethods()).containsExactly(HttpMethod.GET, HttpMethod.HEAD);
		assertThat(read.getFirst("Access-Control-Allow-Credentials")).isNull();
	}

	@Test
	void preflightIsAnsweredBeforeIdentity() {
		HttpHeaders read = headers(preflight("/api/v1/books", HttpMethod.GET, OTHER));
		assertThat(read.getAccessControlAllowOrigin()).isEqualTo("*");
		HttpHeaders write = headers(preflight("/api/v1/tokens", HttpMethod.POST, ALLOWED));
		assertThat(write.getAccessControlAllowOrigin()).isEqualTo(ALLOWED);
		assertThat(write.getAccessControlAllowMethods()).contains(HttpMethod.POST, HttpMethod.DELETE);
		assertThat(write.getAccessControlAllowHeaders()).contains("Authorization", "Last-Event-ID", "If-Match",
				"If-None-Match", "Idempotency-Key", "Content-Type");
		assertThat(headers(preflight(BOOK, HttpMethod.PUT, OTHER)).getAccessControlAllowOrigin()).isNull();
	}

	private WebTestClient.RequestHeadersSpec<?> preflight(String path, HttpMethod method, String origin) {
		return this.client.options()
			.uri(path)
			.header("Origin", origin)
			.header("Access-Control-Request-Method", method.name());
	}

	private static HttpHeaders headers(WebTestClient.RequestHeadersSpec<?> request) {
		return request.exchange().expectStatus().is2xxSuccessful().expectBody().returnResult().getResponseHeaders();
	}

}
