package lectern.acceptance;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.reactive.server.WebTestClient;

/** Responses as JSON trees, because these tests know no class of the services. */
final class JsonTrees {

	private static final JsonMapper MAPPER = new JsonMapper();

	private JsonTrees() {
	}

	static JsonNode parse(WebTestClient.ResponseSpec answer) {
		return parse(answer.expectBody(String.class).returnResult().getResponseBody());
	}

	static JsonNode parse(String text) {
		return MAPPER.readTree(text);
	}

}
