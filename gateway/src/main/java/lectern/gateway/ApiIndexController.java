package lectern.gateway;

import java.util.List;
import java.util.Set;

import lectern.gateway.ApiIndex.ApiLink;
import lectern.web.CacheControlPolicy;
import lectern.web.QueryParameters;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says what the API is: an index of links, and the documents that describe all of it.
 */
@RestController
@RequestMapping(path = ApiIndexController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class ApiIndexController {

	static final String PATH = "/api/v1";

	private static final String DOCUMENT = "/openapi.json";

	private static final String STREAMS_DOCUMENT = "/asyncapi.json";

	private static final String OPENAPI = "application/vnd.oai.openapi+json;version=3.1";

	private static final String ASYNCAPI = "application/vnd.aai.asyncapi+json;version=3.0.0";

	private static final ApiIndex INDEX = new ApiIndex("Lectern",
			List.of(new ApiLink("self", PATH, null), new ApiLink("service-desc", PATH + DOCUMENT, OPENAPI),
					new ApiLink("service-desc", PATH + STREAMS_DOCUMENT, ASYNCAPI),
					new ApiLink("service-doc", DocsPageController.PATH, MediaType.TEXT_HTML_VALUE),
					link("books", "/books"), link("topics", "/topics"), link("authors", "/authors"),
					link("paths", "/paths"), link("catalog-export", "/export"),
					link("catalog-events", "/catalog/events"), link("activity", "/activity"),
					link("activity-events", "/activity/events"), link("tokens", "/tokens"), link("readers", "/readers"),
					new ApiLink("jwks", "/.well-known/jwks.json", null),
					new ApiLink("problems", "/problems", MediaType.TEXT_HTML_VALUE)));

	private final ApiDocuments documents;

	ApiIndexController(ApiDocuments documents) {
		this.documents = documents;
	}

	@GetMapping
	Mono<ResponseEntity<ApiIndex>> index(@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of());
		return Mono.just(ok().header(HttpHeaders.LINK, linkHeaders()).body(INDEX));
	}

	@GetMapping(DOCUMENT)
	Mono<ResponseEntity<byte[]>> openApi(@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of());
		return Mono.just(ok().body(this.documents.openApi()));
	}

	@GetMapping(STREAMS_DOCUMENT)
	Mono<ResponseEntity<byte[]>> asyncApi(@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of());
		return Mono.just(ok().body(this.documents.asyncApi()));
	}

	private ResponseEntity.BodyBuilder ok() {
		return ResponseEntity.ok()
			.eTag(this.documents.entityTag())
			.header(HttpHeaders.CACHE_CONTROL, CacheControlPolicy.PUBLIC)
			.contentType(MediaType.APPLICATION_JSON);
	}

	private static String[] linkHeaders() {
		return INDEX.links()
			.stream()
			.filter((link) -> link.rel().startsWith("service-"))
			.map((link) -> "<%s>; rel=\"%s\"; type=\"%s\"".formatted(link.href(), link.rel(), link.type()))
			.toArray(String[]::new);
	}

	private static ApiLink link(String rel, String path) {
		return new ApiLink(rel, PATH + path, null);
	}

}
