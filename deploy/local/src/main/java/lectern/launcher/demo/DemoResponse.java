package lectern.launcher.demo;

import java.time.Duration;

import tools.jackson.databind.JsonNode;

/**
 * A response of the public API.
 *
 * @param retryAfter the time after which the request can be repeated; zero if the
 * response does not say so
 */
record DemoResponse(int status, Duration retryAfter, String content) {

	boolean isSuccess() {
		return this.status / 100 == 2;
	}

	/** Whether the request can succeed later: Lectern is busy or being restarted. */
	boolean isTemporaryFailure() {
		return this.status == 429 || (this.status >= 502 && this.status <= 504);
	}

	JsonNode json() {
		return DemoJson.read(this.content);
	}

	/** Return whether it is the problem with this name. */
	boolean isProblem(String name) {
		return json().path("type").asString("").endsWith("/" + name);
	}

	/** Describe the failure in the words of the service. */
	String failure() {
		return json().path("detail").asString("status " + this.status);
	}

}
