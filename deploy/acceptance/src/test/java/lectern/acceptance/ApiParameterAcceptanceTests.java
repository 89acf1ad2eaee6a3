package lectern.acceptance;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import lectern.web.openapi.ApiDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document has the query parameters of each read. An operation that refuses
 * an unknown parameter names those that it takes.
 */
@ExtendWith(LecternExtension.class)
@Timeout(60)
class ApiParameterAcceptanceTests {

	private static final String UNKNOWN = "unknown";

	private static final String NAMES = "the parameters are ";

	private final JsonNode document = ApiDocument.checkedIn().root();

	@Test
	void documentedParametersAreThoseThatTheOperationTakes(LecternInstance lectern) {
		WebTestClient admin = lectern.adminClient();
		List<DeclaredRoute> reads = DeclaredRoute.all()
			.stream()
			.filter((route) -> !route.isChange() && route.path().startsWith("/api/v1"))
			.toList();
		assertThat(reads).hasSizeGreaterThan(25)
			.allSatisfy((route) -> assertThat(taken(route, admin)).as(route.toString()).isEqualTo(documented(route)));
	}

	private static Set<String> taken(DeclaredRoute route, WebTestClient client) {
		JsonNode fault = JsonTrees
			.parse(client.get()
				.uri(route.pathFor("admin") + "?" + UNKNOWN + "=1")
				.exchange()
				.expectStatus()
				.isBadRequest())
			.path("errors")
			.path(0);
		assertThat(fault.path("parameter").asString()).isEqualTo(UNKNOWN);
		String detail = fault.path("detail").asString();
		return detail.contains(NAMES)
				? new TreeSet<>(List.of(detail.substring(detail.indexOf(NAMES) + NAMES.length()).split(", ")))
				: Set.of();
	}

	private Set<String> documented(DeclaredRoute route) {
		return this.document.path("paths")
			.path(route.path())
			.path("get")
			.path("parameters")
			.valueStream()
			.map((parameter) -> this.document.at(parameter.path("$ref").asString().substring(1)))
			.filter((parameter) -> parameter.path("in").asString().equals("query"))
			.map((parameter) -> parameter.path("name").asString())
			.collect(Collectors.toSet());
	}

}
