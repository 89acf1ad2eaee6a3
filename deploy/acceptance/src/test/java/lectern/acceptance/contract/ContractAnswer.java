package lectern.acceptance.contract;

import lectern.bench.http.TextResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer to a client.
 *
 * @param request the request, to be read in a failure
 */
record ContractAnswer(String request, TextResponse response) {

	int status() {
		return this.response.head().status();
	}

	/** Return a header; empty if it is absent. */
	String header(String name) {
		return this.response.head().headers().getOrDefault(name, "");
	}

	String cursor() {
		return header("Cursor");
	}

	JsonNode json() {
		return JsonMapper.shared().readTree(this.response.body());
	}

	/** Return the version in the entity tag. */
	int version() {
		return Integer.parseInt(header(HttpHeaders.ETAG).replace("\"", ""));
	}

	boolean isProblem(int status, String type) {
		return status() == status && json().path("type").asString("").equals("/problems/" + type);
	}

	ContractAnswer assertStatus(int expected) {
		assertThat(status()).as(this::toString).isEqualTo(expected);
		return this;
	}

	ContractAnswer assertProblem(int expected, String type) {
		assertThat(isProblem(expected, type)).as("%d %s: %s", expected, type, this).isTrue();
		return this;
	}

	@Override
	public String toString() {
		return this.request + " -> " + status() + " " + this.response.head().headers() + " " + this.response.body();
	}

}
