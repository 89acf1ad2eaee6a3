package lectern.gateway;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@NullUnmarked
class FailingServicesIntegrationTests extends GatewayFixture {

	@Test
	void aServiceThatIsDownIsAwayForTheMoment() {
		CATALOG.goAway();
		try {
			answer("/api/v1/books", HttpStatus.SERVICE_UNAVAILABLE, "unavailable").expectHeader()
				.valueEquals("Retry-After", "2");
		}
		finally {
			CATALOG.comeBack();
		}
		this.client.get().uri("/api/v1/books").exchange().expectStatus().isOk();
	}

	@Test
	void aServiceThatBreaksOffBeforeItsAnswerIsAwayToo() {
		answer("/api/v1/books/cut", HttpStatus.SERVICE_UNAVAILABLE, "unavailable").expectHeader()
			.valueEquals("Retry-After", "2");
	}

	@Test
	void aServiceThatIsSlowTookTooLong() {
		answer("/api/v1/books/slow", HttpStatus.GATEWAY_TIMEOUT, "upstream-timeout");
	}

	private WebTestClient.ResponseSpec answer(String path, HttpStatus status, String problem) {
		WebTestClient.ResponseSpec answer = this.client.get().uri(path).exchange();
		answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + problem)
			.jsonPath("$.detail")
			.isNotEmpty();
		return answer;
	}

}
