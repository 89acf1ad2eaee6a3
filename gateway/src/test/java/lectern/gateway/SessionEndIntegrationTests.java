package lectern.gateway;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What happens at the gateway to the tokens and streams of a session that ends. */
@NullUnmarked
class SessionEndIntegrationTests extends GatewayFixture {

	private static final String PRIVATE_PATH = "/api/v1/readers/ada/readings";

	private static final String STREAM = "/api/v1/readers/ada/events";

	private final String session = UUID.randomUUID().toString();

	private final String token = TestTokens.ofSession(this.session, List.of(), Duration.ofMinutes(30));

	@Test
	void tokenIsRejectedAndStreamsEndAlsoWhileProgressServiceIsAway() {
		assertThat(status(HttpHeaders.AUTHORIZATION, "Bearer " + this.token)).isEqualTo(200);
		assertThat(status(HttpHeaders.AUTHORIZATION, "Bearer " + this.token)).as("on the short way").isEqualTo(200);
		assertThat(status(HttpHeaders.COOKIE, "lectern-token=" + this.token)).isEqualTo(200);
		String other = TestTokens.ofSession(UUID.randomUUID().toString(), List.of(), Duration.ofMinutes(30));
		try (StreamClient first = stream(this.token);
				StreamClient second = stream(this.token);
				StreamClient others = stream(other)) {
			TestTokens.endSession(this.session);
			for (StreamClient ended : List.of(first, second)) {
				ended.await("event:end\nid:").await("data:{\"reason\":\"signed-out\"}\n\n").awaitEnd();
			}
			others.await(ADA_EVENTS.commit("reading-started", "after the end of another session"));
		}
		assertThat(status(HttpHeaders.AUTHORIZATION, "Bearer " + this.token)).isEqualTo(401);
		assertThat(status(HttpHeaders.COOKIE, "lectern-token=" + this.token)).isEqualTo(401);
		PROGRESS.stop();
		try {
			assertThat(status(HttpHeaders.AUTHORIZATION, "Bearer " + this.token)).isEqualTo(401);
			assertThat(status(HttpHeaders.AUTHORIZATION, "Bearer " + other)).isEqualTo(503);
		}
		finally {
			PROGRESS.restart();
		}
	}

	@Test
	void operatorsStreamEnds() {
		String operator = TestTokens.ofSession(this.session, List.of("operator"), Duration.ofMinutes(30));
		try (StreamClient stream = StreamClient.to(plainClient(), "/api/v1/operations/events",
				(sent) -> sent.set("Authorization", "Bearer " + operator))) {
			stream.await(":lectern");
			TestTokens.endSession(this.session);
			stream.await("event:end\ndata:{\"reason\":\"signed-out\"}\n\n").awaitEnd();
		}
	}

	/** The stream goes on until its age, and the client returns with another token. */
	@Test
	void streamOutlivesItsTokenAndEndsByAgeIfTheServiceRestarts() {
		String expiring = TestTokens.ofSession(this.session, List.of(), Duration.ofSeconds(3));
		try (StreamClient stream = stream(expiring)) {
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.until(() -> status(HttpHeaders.AUTHORIZATION, "Bearer " + expiring) == 401);
			stream.await(ADA_EVENTS.commit("reading-started", "after the token"));
			ADA_EVENTS.status = 401;
			ADA_EVENTS.drain();
			stream.await("event:end\nid:").await("data:{\"reason\":\"age\"}\n\n").awaitEnd();
		}
		finally {
			ADA_EVENTS.status = 200;
		}
	}

	private StreamClient stream(String bearer) {
		return StreamClient.to(plainClient(), STREAM, (sent) -> sent.set("Authorization", "Bearer " + bearer))
			.await(":peer");
	}

	private int status(String header, String value) {
		return this.client.get()
			.uri(PRIVATE_PATH)
			.header(header, value)
			.exchange()
			.expectBody()
			.returnResult()
			.getStatus()
			.value();
	}

}
