package lectern.gateway;

import java.util.List;
import java.util.Objects;

import lectern.web.openapi.ApiDocument;
import lectern.web.openapi.MappedHandler;
import lectern.web.openapi.ServiceApi;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class ApiIndexIntegrationTests extends GatewayFixture {

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Test
	void indexLinksDescriptionsInContentAndHeaders() {
		EntityExchangeResult<String> index = get("/api/v1");
		assertThat(index.getResponseBody()).contains("{\"rel\":\"books\",\"href\":\"/api/v1/books\"}")
			.doesNotContain("null");
		assertThat(index.getResponseHeaders().get(HttpHeaders.LINK)).containsExactly(
				"</api/v1/openapi.json>; rel=\"service-desc\"; type=\"application/vnd.oai.openapi+json;version=3.1\"",
				"</api/v1/asyncapi.json>; rel=\"service-desc\"; type=\"application/vnd.aai.asyncapi+json;version=3.0.0\"",
				"</docs>; rel=\"service-doc\"; type=\"text/html\"");
	}

	@Test
	void servesDocumentThatIsCheckedIn() {
		assertThat(get("/api/v1/openapi.json").getResponseBody()).isEqualTo(ApiDocument.checkedIn().toText());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1", "/api/v1/openapi.json", "/api/v1/asyncapi.json" })
	void descriptionIsPublicAndCacheable(String path) {
		HttpHeaders headers = get(path).getResponseHeaders();
		assertThat(headers.getCacheControl()).isEqualTo("public, max-age=0, s-maxage=5");
		assertThat(headers.getAccessControlAllowOrigin()).isEqualTo("*");
		assertThat(headers.getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
		this.client.get()
			.uri(path)
			.header(HttpHeaders.IF_NONE_MATCH, Objects.requireNonNull(headers.getETag()))
			.exchange()
			.expectStatus()
			.isNotModified();
	}

	@Test
	void ignoresTokenThatIsNotValid() {
		this.client.get()
			.uri("/api/v1")
			.headers((headers) -> headers.setBearerAuth("no-token"))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void rejectsUnknownParameter() {
		this.client.get()
			.uri("/api/v1/openapi.json?version=2")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void openApiDocumentHasTheMappingsOfTheRunningGateway() {
		assertThat(MappedHandler.running(this.requestMappingHandlerMapping).keySet())
			.isEqualTo(new ServiceApi("lectern.gateway", "gateway").documentedCalls());
	}

	/**
	 * The stubs answer 404 without content to what they do not know, the export never.
	 */
	@Test
	void everyDocumentedPathLeadsToService() {
		List<String> paths = ApiDocument.checkedIn()
			.pathsWithoutStreams()
			.stream()
			.filter((path) -> !path.equals("/api/v1/export"))
			.toList();
		assertThat(paths).hasSizeGreaterThan(40)
			.allSatisfy((path) -> assertThat(get(path.replaceAll("\\{\\w+}", "x")).getResponseBody()).as(path)
				.satisfiesAnyOf((body) -> assertThat(body).isNull(),
						(body) -> assertThat(body).doesNotStartWith("{\"type\":\"/problems/not-found\"")));
	}

	private EntityExchangeResult<String> get(String path) {
		return this.client.mutate()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
			.build()
			.get()
			.uri(path)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

}
