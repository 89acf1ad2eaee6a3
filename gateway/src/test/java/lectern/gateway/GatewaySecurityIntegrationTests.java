package lectern.gateway;

import java.util.List;
import java.util.function.Supplier;

import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class GatewaySecurityIntegrationTests extends GatewayFixture {

	private static final String PRIVATE_PATH = "/api/v1/readers/ada/readings";

	@Test
	void publicPathsNeedNoToken() {
		this.client.get().uri("/api/v1/books").exchange().expectStatus().isOk();
		this.client.get().uri("/api/v1/activity").exchange().expectStatus().isOk();
		this.client.get().uri("/.well-known/jwks.json").exchange().expectStatus().isOk();
		this.client.post().uri("/api/v1/readers").exchange().expectStatus().isCreated();
		this.client.get().uri("/").exchange().expectStatus().isOk();
	}

	@Test
	void privatePathsRequireToken() {
		for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE, HttpMethod.POST)) {
			expectUnauthorized(this.client.method(method).uri("/api/v1/books/fluent-python").exchange());
		}
		expectUnauthorized(this.client.get().uri(PRIVATE_PATH).exchange());
		expectUnauthorized(this.client.post().uri("/api/v1/imports").exchange());
		expectUnauthorized(this.client.delete().uri("/api/v1/tokens/current").exchange());
		expectUnauthorized(this.client.post().uri("/api/v1/readers/ada/readings").exchange());
	}

	@Test
	void acceptsValidTokenInHeaderOrCookie() {
		getWithToken(TestTokens.curator(), PRIVATE_PATH).expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("ada's readings");
		this.client.get()
			.uri(PRIVATE_PATH)
			.cookie("lectern-token", TestTokens.curator())
			.exchange()
			.expectStatus()
			.isOk();
	}

	@ParameterizedTest
	@MethodSource("invalidTokens")
	void rejectsInvalidToken(Supplier<String> token) {
		expectUnauthorized(getWithToken(token.get(), PRIVATE_PATH));
		expectUnauthorized(getWithToken(token.get(), "/api/v1/books"));
	}

	static List<Named<Supplier<String>>> invalidTokens() {
		return List.of(Named.of("expired", TestTokens::expired), Named.of("tampered", TestTokens::tampered),
				Named.of("forged", TestTokens::forged),
				Named.of("signed by another key", TestTokens::signedByUnknownKey),
				Named.of("alg none", TestTokens::unsigned),
				Named.of("for another audience", TestTokens::forAnotherAudience), Named.of("not a JWT", () -> "a.b.c"));
	}

	@Test
	void invalidCookieIsExpired() {
		HttpHeaders headers = this.client.get()
			.uri("/api/v1/books")
			.cookie("lectern-token", TestTokens.expired())
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.returnResult(String.class)
			.getResponseHeaders();
		assertThat(headers.getFirst("Set-Cookie")).startsWith("lectern-token=;").contains("Path=/", "Max-Age=0");
	}

	@Test
	void wrongPasswordKeepsCookie() {
		this.client.post()
			.uri("/api/v1/tokens")
			.cookie("lectern-token", TestTokens.curator())
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.doesNotExist("Set-Cookie");
	}

	@Test
	void cachedKeysVerifyTokensWhileServiceIsDown() {
		getWithToken(TestTokens.curator(), PRIVATE_PATH).expectStatus().isOk();
		PROGRESS.stop();
		try {
			this.client.put()
				.uri("/api/v1/books/fluent-python")
				.headers((headers) -> headers.setBearerAuth(TestTokens.curator()))
				.exchange()
				.expectStatus()
				.isOk();
			getWithToken(TestTokens.signedByUnknownKey(), "/api/v1/books").expectStatus()
				.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
				.expectHeader()
				.valueEquals("Retry-After", "2")
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/unavailable");
		}
		finally {
			PROGRESS.restart();
		}
	}

	private WebTestClient.ResponseSpec getWithToken(String token, String path) {
		return this.client.get().uri(path).headers((headers) -> headers.setBearerAuth(token)).exchange();
	}

	private static void expectUnauthorized(WebTestClient.ResponseSpec response) {
		response.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals("WWW-Authenticate", "Bearer")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/unauthenticated");
	}

}
