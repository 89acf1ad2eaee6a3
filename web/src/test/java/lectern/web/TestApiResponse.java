package lectern.web;

import java.nio.charset.StandardCharsets;

import lectern.web.openapi.DocumentedAnswers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole HTTP response in a test. The assertions return the response, so that they can
 * be chained; a failed one shows the request and the response.
 */
public final class TestApiResponse {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** The end-to-end tests do not have the validator. */
	private static final boolean CHECK_DOCUMENTED = !"false".equals(System.getProperty("lectern.openapi.check"));

	private final String request;

	private final int status;

	private final HttpHeaders headers;

	private final byte[] content;

	TestApiResponse(String request, int status, HttpHeaders headers, byte[] content) {
		this.request = request;
		this.status = status;
		this.headers = headers;
		this.content = content;
	}

	/**
	 * Assert that the response is as the OpenAPI document says.
	 * @param path the path of the request, from the root
	 */
	void checkDocumented(HttpMethod method, String path) {
		if (CHECK_DOCUMENTED) {
			assertThat(
					DocumentedAnswers.checkedIn().faults(method.name(), path, this.status, this.headers, this.content))
				.as(this::toString)
				.isEmpty();
		}
	}

	public int status() {
		return this.status;
	}

	public HttpHeaders headers() {
		return this.headers;
	}

	/** Return the first value of a header, which must be present. */
	public String header(String name) {
		String value = this.headers.getFirst(name);
		if (value == null) {
			throw new AssertionError("No header " + name + " in " + this);
		}
		return value;
	}

	/** Return the {@code ETag} header, which must be present. */
	public String etag() {
		return header(HttpHeaders.ETAG);
	}

	/** Return the {@code Cursor} header, which must be present. */
	public String cursor() {
		return header("Cursor");
	}

	/** Return the {@code Location} header, which must be present. */
	public String location() {
		return header(HttpHeaders.LOCATION);
	}

	/** Return the content as UTF-8 text; empty without content. */
	public String text() {
		return new String(this.content, StandardCharsets.UTF_8);
	}

	/** Return the content as JSON. */
	public JsonNode json() {
		return MAPPER.readTree(this.content);
	}

	/** Return the content as an object. */
	public <T> T as(Class<T> type) {
		return MAPPER.readValue(this.content, type);
	}

	/** Return the node at a JSON pointer; a missing node if there is none. */
	public JsonNode at(String pointer) {
		return json().at(pointer);
	}

	public TestApiResponse assertStatus(int expected) {
		assertThat(this.status).as(this::toString).isEqualTo(expected);
		return this;
	}

	public TestApiResponse assertHeader(String name, String expected) {
		assertThat(this.headers.getFirst(name)).as("%s of %s", name, this).isEqualTo(expected);
		return this;
	}

	/** Assert that a header is absent. */
	public TestApiResponse assertNoHeader(String name) {
		assertThat(this.headers.get(name)).as("%s of %s", name, this).isNull();
		return this;
	}

	/** Assert that there is a {@code Cursor} header. */
	public TestApiResponse assertCursor() {
		cursor();
		return this;
	}

	/** Assert that the {@code ETag} is that of a version. */
	public TestApiResponse assertVersion(long expected) {
		return assertHeader(HttpHeaders.ETAG, "\"" + expected + "\"");
	}

	/**
	 * Assert the value that a JSON pointer leads to.
	 * @param expected what has the same JSON form; null for no such member
	 */
	public TestApiResponse assertMember(String pointer, @Nullable Object expected) {
		JsonNode actual = at(pointer);
		if (expected == null) {
			assertThat(actual.isMissingNode()).as("%s of %s is absent", pointer, this).isTrue();
		}
		else {
			assertThat(actual).as("%s of %s", pointer, this)
				.isEqualTo(MAPPER.readTree(MAPPER.writeValueAsString(expected)));
		}
		return this;
	}

	/**
	 * Assert a problem document: its status, its type and what every problem has. It must
	 * not show class names.
	 * @param name the type without {@code /problems/}
	 */
	public TestApiResponse assertProblem(int expectedStatus, String name) {
		assertStatus(expectedStatus);
		assertHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
		assertMember("/type", "/problems/" + name);
		assertMember("/status", expectedStatus);
		assertThat(at("/title").asString()).as(this::toString).isNotBlank();
		assertThat(at("/requestId").asString()).as(this::toString).isNotBlank();
		assertThat(text()).doesNotContain("Exception", "lectern.", "org.springframework.");
		return this;
	}

	/** Assert a problem whose first error names a member of the sent document. */
	public TestApiResponse assertInvalidMember(String pointer) {
		return assertProblem(422, "invalid").assertMember("/errors/0/pointer", pointer);
	}

	/** Assert a problem whose first error names a query parameter. */
	public TestApiResponse assertInvalidParameter(String parameter) {
		return assertProblem(400, "invalid-parameter").assertMember("/errors/0/parameter", parameter);
	}

	@Override
	public String toString() {
		return this.request + ": " + this.status + " " + this.headers + " " + text();
	}

}
