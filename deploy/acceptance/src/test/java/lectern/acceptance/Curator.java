package lectern.acceptance;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A curator at work, through the gateway. */
final class Curator {

	private final WebTestClient client;

	Curator(Lectern lectern) {
		this(lectern.admin());
	}

	private Curator(WebTestClient client) {
		this.client = client;
	}

	/** One who does without the gateway. */
	static Curator straightTo(String service, Lectern lectern) {
		return new Curator(lectern.admin().mutate().baseUrl(lectern.url(service)).build());
	}

	/** Write a book, whatever was there; the cursor of the write. */
	String write(String book, String title) {
		return exists(book) ? change(book, title) : put(book, title, "If-None-Match");
	}

	/** Write a book that is there. */
	String change(String book, String title) {
		return put(book, title, "If-Match");
	}

	private String put(String book, String title, String precondition) {
		String cursor = this.client.put()
			.uri("/api/v1/books/{book}", book)
			.header(precondition, "*")
			.bodyValue(Map.of("title", title, "authors", List.of("A. Author"), "language", "en"))
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Cursor");
		assertThat(cursor).isNotEmpty();
		return cursor;
	}

	private boolean exists(String book) {
		return this.client.get()
			.uri("/api/v1/books/{book}", book)
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.is2xxSuccessful();
	}

	/** The book as a GET shows it. */
	JsonNode read(String book) {
		return Json.of(this.client.get().uri("/api/v1/books/{book}", book).exchange().expectStatus().isOk());
	}

}
