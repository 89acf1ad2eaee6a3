package lectern.catalog.book;

import java.util.List;

import lectern.catalog.RecordedStream;
import lectern.catalog.RunningCatalog;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Removal of books by DELETE. */
class BookRemovalIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final TestApiClient curator = this.catalog.curator();

	@Test
	void removedBookIsNotFoundAndRemovalIsLogged() {
		create("to-go", "To Go");
		this.curator.ifMatch("*").put("/books/to-go", "{\"title\":\"To Go Soon\"}").assertStatus(200);
		String cursor = this.curator.ifMatch("\"2\"").delete("/books/to-go").assertStatus(204).cursor();
		this.curator.get("/books/to-go").assertProblem(404, "not-found");
		assertThat(this.curator.get("/books?q={words}", "To Go Soon").at("/items")).isEmpty();
		try (RecordedStream stream = RecordedStream.open(this.curator, "?book=to-go&after=start")) {
			JsonNode event = stream.data(3).getLast();
			assertThat(event.get("type").asString()).isEqualTo("book-removed");
			assertThat(event.get("book").asString()).isEqualTo("to-go");
			assertThat(event.get("version").asLong()).isEqualTo(3);
			assertThat(event.get("cursor").asString()).isEqualTo(cursor);
			assertThat(event.at("/data/id").asString()).isEqualTo("to-go");
		}
	}

	@Test
	void removalRequiresMatchingVersion() {
		create("stays", "Stays");
		this.curator.delete("/books/stays").assertProblem(428, "precondition-required").assertVersion(1);
		this.curator.ifMatch("\"2\"").delete("/books/stays").assertProblem(412, "precondition-failed").assertVersion(1);
		this.curator.get("/books/stays").assertMember("/version", 1);
	}

	@Test
	void removalOfUnknownBookIsNotFound() {
		remove("/books/never-there").assertProblem(404, "not-found");
		create("once", "Once");
		remove("/books/once").assertStatus(204).assertCursor();
		remove("/books/once").assertProblem(404, "not-found");
	}

	@Test
	void idOfRemovedBookIsNotReused() {
		create("only-once", "Only Once");
		remove("/books/only-once").assertStatus(204);
		this.curator.put("/books/only-once", "{\"title\":\"Only Once\"}").assertProblem(409, "id-removed");
		this.curator.post("/books", "{\"title\":\"Only Once\"}")
			.assertStatus(201)
			.assertHeader("Location", "/api/v1/books/only-once-2");
	}

	@Test
	void importAfterRemovalAddsNewBook() {
		String list = "* [Listed Twice](https://example.org/listed-twice) - Ann\n";
		this.catalog.importList("", list);
		remove("/books/listed-twice").assertStatus(204);
		this.catalog.importList("", list);
		this.curator.get("/books/listed-twice-2").assertMember("/title", "Listed Twice");
	}

	@Test
	void rejectsRemovalOfBookUsedByPaths() {
		create("needed", "Needed");
		List<String> paths = List.of("/paths/through-one", "/paths/through-two");
		for (String path : paths) {
			this.curator.put(path, """
					{"title":"Through","gates":[{"id":"g","title":"G","steps":[{"book":"needed"}]}]}
					""").assertStatus(201);
		}
		remove("/books/needed").assertProblem(409, "book-in-use")
			.assertMember("/detail",
					"The book is a step of through-one, through-two. Remove the step from each path first.");
		paths.forEach((path) -> remove(path).assertStatus(204));
		remove("/books/needed").assertStatus(204);
	}

	private void create(String id, String title) {
		this.curator.put("/books/" + id, "{\"title\":\"%s\"}".formatted(title)).assertStatus(201);
	}

	private TestApiResponse remove(String path) {
		return this.curator.ifMatch("*").delete(path);
	}

}
