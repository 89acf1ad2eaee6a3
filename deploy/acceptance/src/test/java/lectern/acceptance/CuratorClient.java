package lectern.acceptance;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A curator who writes through the gateway. */
public final class CuratorClient {

	private final WebTestClient client;

	public CuratorClient(LecternInstance lectern) {
		this(lectern.adminClient());
	}

	private CuratorClient(WebTestClient client) {
		this.client = client;
	}

	/** A curator who writes directly to the service. */
	static CuratorClient bypassingGateway(String service, LecternInstance lectern) {
		return new CuratorClient(lectern.adminClient().mutate().baseUrl(lectern.url(service)).build());
	}

	/** Create or replace a book, and return the cursor of the write. */
	public String saveBook(String book, String title) {
		return bookExists(book) ? updateBook(book, title) : putBook(book, title, "If-None-Match");
	}

	/** Replace an existing book. */
	public String updateBook(String book, String title) {
		return putBook(book, title, "If-Match");
	}

	/** Replace an existing book by a document. */
	public String updateBook(String book, Map<String, ?> content) {
		return putBook(book, content, "If-Match");
	}

	private String putBook(String book, String title, String precondition) {
		return putBook(book, Map.of("title", title, "authors", List.of("A. Author"), "language", "en"), precondition);
	}

	private String putBook(String book, Map<String, ?> content, String precondition) {
		String cursor = this.client.put()
			.uri("/api/v1/books/{book}", book)
			.header(precondition, "*")
			.bodyValue(content)
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Cursor");
		assertThat(cursor).isNotEmpty();
		return cursor;
	}

	/** Remove a book, and return the cursor of the removal. */
	public String removeBook(String book) {
		String cursor = this.client.delete()
			.uri("/api/v1/books/{book}", book)
			.header("If-Match", "*")
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Cursor");
		assertThat(cursor).isNotEmpty();
		return cursor;
	}

	private boolean bookExists(String book) {
		return this.client.get()
			.uri("/api/v1/books/{book}", book)
			.exchange()
			.returnResult(Void.class)
			.getStatus()
			.is2xxSuccessful();
	}

	/** The book as returned by GET. */
	public JsonNode getBook(String book) {
		return JsonTrees.parse(this.client.get().uri("/api/v1/books/{book}", book).exchange().expectStatus().isOk());
	}

}
