package lectern.acceptance;

import lectern.web.TestApiResponse;
import tools.jackson.databind.JsonNode;

/**
 * A response with a problem that a test has provoked.
 *
 * @param response its status, headers and content, as text
 * @param help what the response has to contain, so that its client can correct the
 * request without knowing the server
 */
record ProvokedProblem(int status, JsonNode document, String response, String help) {

	static ProvokedProblem of(TestApiResponse response, String help) {
		return new ProvokedProblem(response.status(), response.json(), response.toString(), help);
	}

	/** The problem in a response as it is on the wire. */
	static ProvokedProblem parse(String response, String help) {
		return new ProvokedProblem(Integer.parseInt(response.split(" ", 3)[1]),
				JsonTrees.parse(response.substring(response.indexOf('{'), response.lastIndexOf('}') + 1)), response,
				help);
	}

	/** The name of its type. */
	String name() {
		return document().path("type").asString().replaceFirst("^/problems/", "");
	}

}
