package lectern.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
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

	/** Only a service knows whether a resource exists, takes the method and is public. */
	@Test
	void servicesJudgeRequestsWithoutToken() {
		expectUnauthorized(this.client.get().uri(PRIVATE_PATH).exchange());
		this.client.patch().uri("/api/v1/readers/ada/nothing").exchange().expectStatus().isNotFound();
	}

	@Test
	void ownPrivateStreamsRequireToken() {
		expectUnauthorized(this.client.get().uri("/api/v1/readers/ada/events").exchange());
		expectUnauthorized(this.client.get().uri("/api/v1/readers/ada/replay").exchange());
		expectUnauthorized(this.client.get().uri("/api/v1/operations/events").exchange());
	}

	@Test
	void unknownPathsAndMethodsNeedNoToken() {
		this.client.get().uri("/api/v1/nothing").exchange().expectStatus().isNotFound();
		this.client.post().uri("/api/v1/operations/nothing").exchange().expectStatus().isNotFound();
		for (String stream : List.of("/api/v1/catalog/events", "/api/v1/readers/ada/events",
				"/api/v1/operations/events")) {
			this.client.post().uri(stream).exchange().expectStatus().isEqualTo(405).expectHeader().exists("Allow");
			this.client.options()
				.uri(stream)
				.exchange()
				.expectStatus()
				.isNoContent()
				.expectHeader()
				.valueMatches("Allow", ".*GET.*");
		}
	}

	/** It once failed with 101 and a stack trace. */
	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/books", "/api/v1/catalog/events", "/", PRIVATE_PATH })
	void requestedUpgradeIsIgnored(String path) throws Exception {
		String response = exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
				+ "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "Authorization: Bearer " + TestTokens.reader() + "\r\n\r\n");
		assertThat(response).isEqualTo("HTTP/1.1 200 OK");
	}

	@Test
	void http2NeedsTls() throws Exception {
		assertThat(exchange("GET /api/v1/books HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
				+ "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"))
			.isEqualTo("HTTP/1.1 200 OK");
		assertThat(exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 505 ");
	}

	/** The service had no chance to respond; it was once blamed with 504. */
	@Test
	void slowContentIsRequestTimeout() throws Exception {
		assertThat(
				exchange("PUT /api/v1/books/slow-client HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"))
			.startsWith("HTTP/1.1 408 ");
	}

	/** Return the first line of the response. */
	private String exchange(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout((int) HANG_LIMIT.toMillis());
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
				.readLine();
		}
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
		expectUnauthorized(this.client.put()
			.uri("/api/v1/books/fluent-python")
			.headers((headers) -> headers.setBearerAuth(token.get()))
			.exchange());
	}

	@ParameterizedTest
	@MethodSource("invalidTokens")
	void invalidTokenDoesNotMatterWhereNoneIsNeeded(Supplier<String> token) {
		for (String path : List.of("/", "/problems/malformed", "/.well-known/jwks.json", "/api/v1/books",
				"/api/v1/activity")) {
			getWithToken(token.get(), path).expectStatus().isOk();
			this.client.get().uri(path).cookie("lectern-token", token.get()).exchange().expectStatus().isOk();
		}
		getWithToken(token.get(), "/nowhere").expectStatus().isNotFound();
		for (String path : List.of("/api/v1/tokens", "/api/v1/readers")) {
			int status = status(this.client.post().uri(path));
			assertThat(status(this.client.post().uri(path).headers((headers) -> headers.setBearerAuth(token.get()))))
				.isEqualTo(status);
			assertThat(status(this.client.post().uri(path).cookie("lectern-token", token.get()))).isEqualTo(status);
		}
	}

	private static int status(WebTestClient.RequestHeadersSpec<?> request) {
		return request.exchange().returnResult(Void.class).getStatus().value();
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
			.uri(PRIVATE_PATH)
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
