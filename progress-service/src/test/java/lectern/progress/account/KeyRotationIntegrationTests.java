package lectern.progress.account;

import java.util.List;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;

import static lectern.progress.account.TestAccounts.signedIn;
import static lectern.progress.account.TestAccounts.token;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Two nodes whose keys are rotated. */
class KeyRotationIntegrationTests {

	@Test
	void rotationUnderLoadRejectsNoToken() {
		try (TestProgress progress = TestProgress.start(); TestProgress peer = progress.startPeer()) {
			TestReader ada = signedIn(progress, "key-rotation");
			TestApiClient here = ada.client();
			TestApiClient there = peer.anonymous().withToken(ada.token());
			String keyBefore = keyOf(ada.token());

			List<Integer> statuses = Flux.range(0, 400)
				.flatMap((number) -> (number == 100 || number == 250) ? rotate(progress)
						: request((number % 2 == 0) ? here : there, ada.path(), number), 8)
				.map(TestApiResponse::status)
				.collectList()
				.blockOptional(HANG_LIMIT)
				.orElseThrow();

			assertThat(statuses).hasSize(400).containsOnly(200);
			for (TestApiClient renewing : List.of(here, there)) {
				String renewed = token(renewing.post("/api/v1/tokens"));
				for (TestProgress node : List.of(progress, peer)) {
					node.anonymous().withToken(renewed).get(ada.path()).assertStatus(200);
				}
			}
			assertThat(keyOf(token(here.post("/api/v1/tokens")))).isNotEqualTo(keyBefore);
			assertThat(progress.anonymous().get("/.well-known/jwks.json").at("/keys").size()).isEqualTo(4);
			assertThat(progress.anonymous().post("/actuator/signingkeys").status()).isNotEqualTo(200);
		}
	}

	/** Every fourth request renews the token, and the next uses what it got. */
	private static Mono<TestApiResponse> request(TestApiClient client, String path, int number) {
		return (number % 8 < 2)
				? client.send(HttpMethod.POST, "/api/v1/tokens")
					.flatMap((renewed) -> client.withToken(token(renewed)).send(HttpMethod.GET, path))
				: client.send(HttpMethod.GET, path);
	}

	private static Mono<TestApiResponse> rotate(TestProgress progress) {
		return progress.management().send(HttpMethod.POST, "/actuator/signingkeys");
	}

	private static String keyOf(String token) {
		return TestAccounts.parse(token).getHeader().getKeyID();
	}

}
