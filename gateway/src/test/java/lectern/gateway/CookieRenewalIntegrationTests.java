package lectern.gateway;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What a browser notices of an expired token in its cookie. */
@NullUnmarked
class CookieRenewalIntegrationTests extends GatewayFixture {

	private static final String PRIVATE_PATH = "/api/v1/readers/ada/readings";

	private final String expired = TestTokens.ofSession(UUID.randomUUID().toString(), List.of(),
			Duration.ofSeconds(-60));

	@BeforeEach
	void resetStub() {
		TOKENS.reset();
	}

	@Test
	void expiredTokenIsRenewedAndTheRequestGoesOn() {
		TOKENS.renewed = TestTokens.reader();
		HttpHeaders headers = get(PRIVATE_PATH).expectStatus().isOk().returnResult(String.class).getResponseHeaders();
		assertThat(headers.get(HttpHeaders.SET_COOKIE)).singleElement()
			.asString()
			.startsWith("lectern-token=" + TOKENS.renewed + ";")
			.contains("Max-Age=2592000");
	}

	@Test
	void requestsAtOnceShareOneRenewal() {
		TOKENS.renewed = TestTokens.reader();
		List<Integer> statuses = Flux.range(0, 10)
			.flatMap((_) -> plainClient().headers((headers) -> headers.set("Cookie", "lectern-token=" + this.expired))
				.get()
				.uri(PRIVATE_PATH)
				.responseSingle((response, content) -> content.asString().thenReturn(response.status().code())))
			.collectList()
			.block(HANG_LIMIT);
		assertThat(statuses).hasSize(10).containsOnly(200);
		get(PRIVATE_PATH).expectStatus().isOk();
		assertThat(TOKENS.renewals).hasValue(1);
	}

	/** The session goes on, so the reader must not notice it. */
	@Test
	void tokenWithFormerRolesIsRenewed() {
		String rolesId = UUID.randomUUID().toString();
		String former = TestTokens.withRoles(rolesId, Duration.ofMinutes(30));
		getWithCookie(former).expectStatus().isOk().expectHeader().doesNotExist(HttpHeaders.SET_COOKIE);
		TestTokens.endSession(rolesId);
		TOKENS.renewed = TestTokens.reader();
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(
					() -> getWithCookie(former).expectStatus().isOk().expectHeader().exists(HttpHeaders.SET_COOKIE));
		assertThat(TOKENS.renewals).hasValue(1);
	}

	private WebTestClient.ResponseSpec getWithCookie(String token) {
		return this.client.get().uri(PRIVATE_PATH).cookie("lectern-token", token).exchange();
	}

	@Test
	void streamBeginsWithRenewedToken() {
		TOKENS.renewed = TestTokens.reader();
		try (StreamClient stream = StreamClient.to(plainClient(), "/api/v1/readers/ada/events",
				(sent) -> sent.set("Cookie", "lectern-token=" + this.expired))) {
			assertThat(stream.await(":peer").status()).isEqualTo(200);
		}
	}

	@Test
	void cookieOfEndedSessionIsDeleted() {
		HttpHeaders headers = get(PRIVATE_PATH).expectStatus()
			.isUnauthorized()
			.returnResult(String.class)
			.getResponseHeaders();
		assertThat(headers.getFirst(HttpHeaders.SET_COOKIE)).startsWith("lectern-token=;").contains("Max-Age=0");
	}

	@Test
	void cookieIsKeptWhileItCannotBeRenewed() {
		TOKENS.unavailable = true;
		get(PRIVATE_PATH).expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.exists("Retry-After")
			.expectHeader()
			.doesNotExist(HttpHeaders.SET_COOKIE);
		TOKENS.unavailable = false;
		TOKENS.renewed = TestTokens.reader();
		get(PRIVATE_PATH).expectStatus().isOk();
	}

	@Test
	void nothingIsRenewedWhereNoTokenIsNeeded() {
		for (String path : List.of("/api/v1/books", "/", "/problems/malformed")) {
			get(path).expectStatus().isOk().expectHeader().doesNotExist(HttpHeaders.SET_COOKIE);
		}
		assertThat(TOKENS.renewals).hasValue(0);
	}

	/** A program renews its token itself, when it is told at once. */
	@Test
	void expiredTokenOfProgramIsRejected() {
		this.client.get()
			.uri(PRIVATE_PATH)
			.headers((headers) -> headers.setBearerAuth(this.expired))
			.exchange()
			.expectStatus()
			.isUnauthorized();
		assertThat(TOKENS.renewals).hasValue(0);
	}

	private WebTestClient.ResponseSpec get(String path) {
		return this.client.get().uri(path).cookie("lectern-token", this.expired).exchange();
	}

}
