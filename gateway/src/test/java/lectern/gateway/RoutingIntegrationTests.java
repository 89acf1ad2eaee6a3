package lectern.gateway;

import java.net.URI;

import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class RoutingIntegrationTests extends GatewayFixture {

	@Test
	void forwardsPathAndQueryUnchanged() {
		assertThat(echoOf("/api/v1/books?q=caf%C3%A9+au%20lait&limit=5"))
			.startsWith("GET /api/v1/books?q=caf%C3%A9+au%20lait&limit=5\n");
		// Spring's URI builder takes the bracket for a sign that nothing is encoded.
		assertThat(echoOf("/api/v1/books?author=Luciano%20Ramalho&q=python["))
			.startsWith("GET /api/v1/books?author=Luciano%20Ramalho&q=python[\n");
		this.client.get()
			.uri("/api/v1/activity")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("activity");
	}

	@Test
	void requestIdIsForwardedAndReturnedOnce() {
		HttpHeaders headers = this.client.get()
			.uri("/api/v1/books")
			.header("X-Request-Id", "my-own-request-1")
			.exchange()
			.returnResult(String.class)
			.getResponseHeaders();
		assertThat(headers.get("X-Request-Id")).containsExactly("my-own-request-1");
		assertThat(echoOf("/api/v1/books")).containsOnlyOnce("X-Request-Id: ");
	}

	@Test
	void forwardedHeadersOfClientAreReplaced() {
		String echo = echoOf("/api/v1/books", "X-Forwarded-For", "6.6.6.6", "X-Forwarded-Host", "evil.example",
				"X-Forwarded-Proto", "https", "X-Forwarded-Port", "66", "X-Forwarded-Prefix", "/evil", "Forwarded",
				"for=6.6.6.6;host=evil.example", "X-Real-IP", "6.6.6.6");
		assertThat(echo).contains("X-Forwarded-For: 127.0.0.1\n")
			.contains("X-Forwarded-Proto: http\n")
			.contains("X-Forwarded-Host: 127.0.0.1:" + this.port + "\n")
			.contains("X-Forwarded-Port: " + this.port + "\n")
			.doesNotContain("6.6.6.6")
			.doesNotContain("evil")
			.doesNotContain("X-Forwarded-Port: 66\n");
	}

	@Test
	void hopByHopHeadersAreRemoved() {
		assertThat(echoOf("/api/v1/books", "Proxy-Authorization", "Basic x", "TE", "trailers", "Keep-Alive", "3"))
			.doesNotContainIgnoringCase("proxy-authorization")
			.doesNotContainIgnoringCase("te: ")
			.doesNotContainIgnoringCase("keep-alive: ");
		this.client.get()
			.uri("/api/v1/books")
			.exchange()
			.expectHeader()
			.doesNotExist("X-Hop-By-Hop")
			.expectHeader()
			.doesNotExist("Server")
			.expectHeader()
			.doesNotExist("X-Powered-By")
			.expectHeader()
			.valueEquals("Cursor", "c7");
	}

	@Test
	void problemOfServiceIsForwardedUnchanged() {
		this.client.get()
			.uri("/api/v1/books/missing")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(String.class)
			.isEqualTo(StubCatalog.PROBLEM);
	}

	@Test
	void unknownPathIsNotFoundProblem() {
		this.client.get()
			.uri("/api/v1/books-and-more")
			.headers((headers) -> headers.setBearerAuth(TestTokens.curator()))
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/not-found")
			.jsonPath("$.instance")
			.isEqualTo("/api/v1/books-and-more")
			.jsonPath("$.requestId")
			.isNotEmpty();
		this.client.get().uri("/nowhere").exchange().expectStatus().isNotFound();
	}

	@Test
	void managementPortExposesRouteAndPoolMetrics() {
		echoOf("/api/v1/books");
		this.client.mutate()
			.baseUrl("http://127.0.0.1:" + this.managementPort)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
			.build()
			.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((metrics) -> assertThat(metrics).contains("http_server_requests_seconds_bucket{")
				.contains("spring_cloud_gateway_requests_seconds_count{")
				.contains("reactor_netty_connection_provider_total_connections{")
				.contains("jvm_memory_used_bytes{"));
	}

	private String echoOf(String uri, String... headers) {
		return this.client.get().uri(URI.create("http://127.0.0.1:" + this.port + uri)).headers((target) -> {
			for (int i = 0; i < headers.length; i += 2) {
				target.set(headers[i], headers[i + 1]);
			}
		}).exchange().expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();
	}

}
