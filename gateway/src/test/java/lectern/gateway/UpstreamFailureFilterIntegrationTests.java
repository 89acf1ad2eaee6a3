package lectern.gateway;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@NullUnmarked
class UpstreamFailureFilterIntegrationTests extends GatewayFixture {

	@Test
	void stoppedServiceIsUnavailable() {
		CATALOG.stop();
		try {
			expectProblem("/api/v1/books", HttpStatus.SERVICE_UNAVAILABLE, "unavailable").expectHeader()
				.valueEquals("Retry-After", "2");
		}
		finally {
			CATALOG.restart();
		}
		this.client.get().uri("/api/v1/books").exchange().expectStatus().isOk();
	}

	@Test
	void connectionClosedBeforeResponseIsUnavailable() {
		expectProblem("/api/v1/books/cut", HttpStatus.SERVICE_UNAVAILABLE, "unavailable").expectHeader()
			.valueEquals("Retry-After", "2");
	}

	@Test
	void slowServiceIsUpstreamTimeout() {
		expectProblem("/api/v1/books/slow", HttpStatus.GATEWAY_TIMEOUT, "upstream-timeout").expectHeader()
			.valueEquals("Retry-After", "2");
	}

	private WebTestClient.ResponseSpec expectProblem(String path, HttpStatus status, String problem) {
		WebTestClient.ResponseSpec response = this.client.get().uri(path).exchange();
		response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + problem)
			.jsonPath("$.detail")
			.isNotEmpty();
		return response;
	}

}
