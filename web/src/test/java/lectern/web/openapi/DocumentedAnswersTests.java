package lectern.web.openapi;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentedAnswersTests {

	private static final String BOOK = "/api/v1/books/fluent-python";

	private final String book = ApiDocument.checkedIn().root().at("/components/examples/Book/value").toString();

	@Test
	void documentedAnswerHasNoFaults() {
		assertThat(faults("GET", BOOK + "?", 200, headers("application/json"), this.book)).isEmpty();
		assertThat(faults("HEAD", BOOK, 200, headers("application/json"), "")).isEmpty();
	}

	@Test
	void requestThatIsNoOperationIsNotCompared() {
		assertThat(faults("GET", "/api/v1/bookz", 418, new HttpHeaders(), "")).isEmpty();
		assertThat(faults("POST", BOOK, 405, new HttpHeaders(), "")).isEmpty();
	}

	@Test
	void undocumentedStatusIsFault() {
		assertThat(faults("GET", BOOK, 201, headers("application/json"), this.book))
			.containsExactly("The status 201 is not documented");
	}

	@Test
	void missingHeaderIsFault() {
		HttpHeaders headers = headers("application/json");
		headers.remove("Cursor");
		assertThat(faults("GET", BOOK, 200, headers, this.book)).containsExactly("The header Cursor is missing");
	}

	@Test
	void undocumentedHeaderIsFault() {
		HttpHeaders headers = headers("application/json");
		headers.set("Location", "/api/v1/books/fluent-python");
		assertThat(faults("GET", BOOK, 200, headers, this.book))
			.containsExactly("The header Location is not documented");
	}

	@Test
	void undocumentedParameterOfSuccessIsFault() {
		assertThat(faults("GET", BOOK + "?author=x", 200, headers("application/json"), this.book))
			.containsExactly("The parameter author is not documented");
	}

	@Test
	void undocumentedMediaTypeIsFault() {
		assertThat(faults("GET", BOOK, 200, headers("text/html"), "<p>"))
			.containsExactly("The media type text/html is not documented");
	}

	@Test
	void missingContentIsFault() {
		assertThat(faults("GET", BOOK, 200, headers("application/json"), "")).containsExactly("There is no content");
	}

	@Test
	void invalidContentIsFault() {
		assertThat(faults("GET", BOOK, 200, headers("application/json"), "{\"id\":\"fluent-python\"}")).isNotEmpty();
	}

	@Test
	void problemOfAnotherTypeIsFault() {
		String problem = "{\"type\":\"/problems/forbidden\",\"title\":\"\",\"status\":404,\"detail\":\"\"}";
		assertThat(faults("GET", BOOK, 404, headers("application/problem+json"), problem)).isNotEmpty();
	}

	@Test
	void invalidEventOfStreamIsFault() {
		HttpHeaders headers = headers("text/event-stream");
		List.of("Cursor", "ETag").forEach(headers::remove);
		assertThat(faults("GET", "/api/v1/catalog/events", 200, headers, """
				retry: 2000
				:
				id: a-1

				event: end
				id: a-1
				data: {"reason":"age"}

				""")).isEmpty();
		assertThat(faults("GET", "/api/v1/catalog/events", 200, headers, """
				id: a-2
				data: {"type":"book-added"}

				""")).isNotEmpty();
		assertThat(faults("GET", "/api/v1/catalog/events", 200, headers, """
				event: reset
				id: a-2
				data: {"reason":"foreign-epoch"}

				""")).hasSize(1);
	}

	private static HttpHeaders headers(String mediaType) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.parseMediaType(mediaType));
		List.of("X-Request-Id", "Cursor", "ETag", "Cache-Control").forEach((name) -> headers.set(name, "x"));
		return headers;
	}

	private static List<String> faults(String method, String path, int status, HttpHeaders headers, String content) {
		return DocumentedAnswers.checkedIn()
			.faults(method, path, status, headers, content.getBytes(StandardCharsets.UTF_8));
	}

}
