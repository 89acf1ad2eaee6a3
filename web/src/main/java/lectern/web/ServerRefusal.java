package lectern.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * A response to a request that does not reach any handler.
 *
 * @param status the status
 * @param headers all headers except those of the connection
 * @param content the problem
 * @param requestId the id of the request, which is in the headers and in the content
 */
record ServerRefusal(int status, Map<String, String> headers, byte[] content, String requestId) {

	/**
	 * Write a problem.
	 * @param secure whether the connection is encrypted
	 */
	static ServerRefusal of(Problem problem, JsonMapper mapper, boolean secure) {
		String requestId = RequestIdFilter.generateId();
		ProblemType type = problem.type();
		byte[] content = mapper
			.writeValueAsString(new ProblemBody("/problems/" + type.name(), type.title(), type.status().value(),
					problem.detail(), "", requestId, List.of(), Map.of()))
			.getBytes(StandardCharsets.UTF_8);
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Type", "application/problem+json");
		headers.put("Content-Length", Integer.toString(content.length));
		headers.put(RequestIdFilter.HEADER, requestId);
		headers.put("Cache-Control", "no-store");
		SecurityHeaders.addMissing(headers, type.status().value(), secure);
		return new ServerRefusal(type.status().value(), headers, content, requestId);
	}

}
