package lectern.acceptance;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.reactive.server.WebTestClient;

/** Answers as trees: nothing here knows a class of the services. */
final class Json {

	private static final JsonMapper MAPPER = new JsonMapper();

	private Json() {
	}

	static JsonNode of(WebTestClient.ResponseSpec answer) {
		return of(answer.expectBody(String.class).returnResult().getResponseBody());
	}

	static JsonNode of(String text) {
		return MAPPER.readTree(text);
	}

}
