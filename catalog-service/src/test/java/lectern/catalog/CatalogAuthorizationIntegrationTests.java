package lectern.catalog;

import java.util.List;

import lectern.web.TestTokens;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Which requests need a token, and with which role. */
class CatalogAuthorizationIntegrationTests extends CatalogFixture {

	private static final List<String> WRITES = List.of("/api/v1/books/protected", "/api/v1/paths/protected");

	@Test
	void writeWithoutTokenIsUnauthorized() {
		for (String write : WRITES) {
			expectProblem(write(write, null).expectHeader().valueEquals("WWW-Authenticate", "Bearer"),
					HttpStatus.UNAUTHORIZED, "unauthenticated");
		}
	}

	@Test
	void invalidTokenIsUnauthorized() {
		for (String token : List.of(TestTokens.expired(), TestTokens.forAnotherAudience(), TestTokens.forged(),
				TestTokens.signedByUnknownKey(), TestTokens.unsigned(), "nonsense")) {
			for (String write : WRITES) {
				expectProblem(write(write, token), HttpStatus.UNAUTHORIZED, "unauthenticated");
			}
		}
	}

	@Test
	void writeByReaderIsForbidden() {
		for (String write : WRITES) {
			expectProblem(write(write, TestTokens.reader()), HttpStatus.FORBIDDEN, "forbidden");
		}
	}

	@Test
	void everyWriteMethodRequiresCurator() {
		for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE)) {
			for (String path : List.of("/api/v1/books", "/api/v1/books/fluent-python",
					"/api/v1/paths/temporal-architect")) {
				expectProblem(this.anonymous.method(method).uri(path).header("If-Match", "*").exchange(),
						HttpStatus.UNAUTHORIZED, "unauthenticated");
				expectProblem(this.anonymous.method(method)
					.uri(path)
					.header("If-Match", "*")
					.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
					.exchange(), HttpStatus.FORBIDDEN, "forbidden");
			}
		}
	}

	@Test
	void unauthorizedWriteIsRejectedBeforeBodyIsRead() {
		expectProblem(this.anonymous.put()
			.uri(WRITES.getFirst())
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{")
			.exchange(), HttpStatus.UNAUTHORIZED, "unauthenticated");
	}

	@Test
	void acceptsTokenFromCookie() {
		this.anonymous.get()
			.uri("/api/v1/books")
			.cookie("lectern-token", TestTokens.reader())
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Cache-Control", "private, no-store");
	}

	@Test
	void metricsAreServedOnlyOnManagementPort() {
		expectProblem(this.anonymous.get().uri("/actuator/prometheus").exchange(), HttpStatus.NOT_FOUND, "not-found");
		put("/api/v1/books/measured", "{\"title\":\"Measured\"}").expectStatus().isCreated();
		this.operator.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((meters) -> assertThat(meters).contains("lectern_stream_subscribers{",
					"lectern_log_append_duration_seconds_count", "lectern_log_append_batch_sum", "r2dbc_pool_acquired",
					"http_server_requests_seconds_count", "jvm_memory_used_bytes"));
	}

	private WebTestClient.ResponseSpec write(String path, String token) {
		return this.anonymous.put().uri(path).headers((headers) -> {
			if (token != null) {
				headers.setBearerAuth(token);
			}
		}).contentType(MediaType.APPLICATION_JSON).bodyValue("{\"title\":\"x\"}").exchange();
	}

}
