package lectern.gateway;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** How a program with a key reaches the services, which take tokens only. */
@NullUnmarked
class AccessKeyExchangeIntegrationTests extends GatewayFixture {

	/** Answers with the credentials that the service gets. */
	private static final String CREDENTIALS = "/api/v1/readers/ada/sessions";

	private final String id = UUID.randomUUID().toString();

	private final String rolesId = UUID.randomUUID().toString();

	/** A key that no other test uses, because the gateway remembers keys. */
	private final String key = this.id.replaceAll("[^a-f2-7]", "a").substring(0, 16);

	@BeforeEach
	void resetStub() {
		TOKENS.reset();
	}

	@Test
	void requestsShareTokenOnBothWays() {
		String token = TestTokens.ofKey(this.id, this.rolesId, Duration.ofSeconds(60));
		TOKENS.tokensByKey.put(this.key, token);
		List<String> received = Flux.range(0, 10)
			.flatMap((_) -> plainClient().headers((headers) -> headers.set("Authorization", "Bearer " + this.key))
				.get()
				.uri(CREDENTIALS)
				.responseSingle((_, content) -> content.asString()))
			.collectList()
			.block(HANG_LIMIT);
		assertThat(received).hasSize(10).containsOnly("Bearer " + token);
		get(this.key).expectStatus().isOk().expectBody(String.class).isEqualTo("Bearer " + token);
		assertThat(TOKENS.exchanges).hasValue(1);
	}

	@Test
	void tokenIsReplacedBeforeItExpires() {
		TOKENS.tokensByKey.put(this.key, TestTokens.ofKey(this.id, this.rolesId, Duration.ofSeconds(4)));
		get(this.key).expectStatus().isOk();
		String next = TestTokens.ofKey(this.id, this.rolesId, Duration.ofSeconds(60));
		TOKENS.tokensByKey.put(this.key, next);
		get(this.key).expectBody(String.class).isEqualTo("Bearer " + next);
		assertThat(TOKENS.exchanges).hasValue(2);
	}

	@Test
	void revokedKeyIsRejectedAndItsStreamEnds() {
		TOKENS.tokensByKey.put(this.key, TestTokens.ofKey(this.id, this.rolesId, Duration.ofSeconds(60)));
		get(this.key).expectStatus().isOk();
		try (StreamClient stream = StreamClient.to(plainClient(), "/api/v1/readers/ada/events",
				(sent) -> sent.set("Authorization", "Bearer " + this.key))) {
			stream.await(":peer");
			TOKENS.tokensByKey.clear();
			TestTokens.endSession(this.id);
			stream.await("event:end\nid:").await("data:{\"reason\":\"signed-out\"}\n\n").awaitEnd();
		}
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> get(this.key).expectStatus().isUnauthorized());
		int exchanges = TOKENS.exchanges.get();
		get(this.key).expectStatus().isUnauthorized();
		assertThat(TOKENS.exchanges).hasValue(exchanges);
	}

	@Test
	void changedRolesGiveAnotherToken() {
		TOKENS.tokensByKey.put(this.key, TestTokens.ofKey(this.id, this.rolesId, Duration.ofSeconds(60)));
		get(this.key).expectStatus().isOk();
		String next = TestTokens.ofKey(this.id, UUID.randomUUID().toString(), Duration.ofSeconds(60));
		TOKENS.tokensByKey.put(this.key, next);
		TestTokens.endSession(this.rolesId);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> get(this.key).expectBody(String.class).isEqualTo("Bearer " + next));
	}

	@Test
	void failureOfTheServiceIsNotRemembered() {
		TOKENS.exchangeFailure = 500;
		get(this.key).expectStatus().isEqualTo(503).expectHeader().exists(HttpHeaders.RETRY_AFTER);
		TOKENS.exchangeFailure = 429;
		get(this.key).expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.valueEquals(HttpHeaders.RETRY_AFTER, "7")
			.expectHeader()
			.valueEquals("RateLimit-Policy", "\"key-failures-per-address\";q=20;w=120")
			.expectHeader()
			.valueEquals("RateLimit", "\"key-failures-per-address\";r=0;t=7")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/too-many-attempts");
		TOKENS.exchangeFailure = 0;
		TOKENS.tokensByKey.put(this.key, TestTokens.ofKey(this.id, this.rolesId, Duration.ofSeconds(60)));
		get(this.key).expectStatus().isOk();
	}

	/** The service delays the rejection of keys when there are too many wrong ones. */
	@Test
	void rightKeyDoesNotWaitForWrongOnes() {
		int wrongKeys = 510;
		Sinks.Empty<Void> rejection = Sinks.empty();
		TOKENS.rejection = rejection.asMono();
		TOKENS.tokensByKey.put(this.key, TestTokens.ofKey(this.id, this.rolesId, Duration.ofSeconds(60)));
		Disposable flood = Flux.range(100_000, wrongKeys)
			.map((number) -> ("wrongwrong" + number).replace('0', 'a')
				.replace('1', 'b')
				.replace('8', 'c')
				.replace('9', 'd'))
			.flatMap((wrong) -> plainClient().headers((headers) -> headers.set("Authorization", "Bearer " + wrong))
				.get()
				.uri(CREDENTIALS)
				.response(), wrongKeys)
			.subscribe((_) -> {
			}, (failure) -> fail("A request with a wrong key has failed", failure));
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertThat(TOKENS.exchanges).hasValue(wrongKeys));

		get(this.key).expectStatus().isOk();

		flood.dispose();
		rejection.tryEmitEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/books", "/", "/problems/malformed" })
	void keyDoesNotMatterWhereNoTokenIsNeeded(String path) {
		get(path, this.key).expectStatus().isOk();
		assertThat(TOKENS.exchanges).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "aaaabbbbccccddd", "aaaabbbbccccddddd", "aaaabbbbccccddd1", "AAAABBBBCCCCDDDD" })
	void textOfAnotherShapeIsNoKey(String text) {
		get(text).expectStatus().isUnauthorized();
		assertThat(TOKENS.exchanges).hasValue(0);
	}

	@Test
	void unknownPathIsNotFoundWithWrongKey() {
		get("/api/v1/nothing", this.key).expectStatus().isNotFound();
		this.client.get().uri("/internal/key-tokens").exchange().expectStatus().isNotFound();
	}

	private WebTestClient.ResponseSpec get(String credential) {
		return get(CREDENTIALS, credential);
	}

	private WebTestClient.ResponseSpec get(String path, String credential) {
		return this.client.get().uri(path).headers((headers) -> headers.setBearerAuth(credential)).exchange();
	}

}
