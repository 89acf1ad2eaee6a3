package lectern.acceptance;

import java.util.List;
import java.util.stream.Stream;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;

/** Provokes the problems that a curator can meet. */
final class CatalogProblems {

	private static final String BOOK = "{\"title\":\"A Book\"}";

	/** A path of one gate, with members of the gate to insert. */
	private static final String PATH = "{\"title\":\"A Path\",\"gates\":[{\"id\":\"one\",\"title\":\"One\",%s}]}";

	private final String id = "problem-" + Long.toString(System.nanoTime(), 36);

	private final TestApiClient curator;

	CatalogProblems(LecternInstance lectern) {
		this.curator = TestApiClient.of(lectern.url() + "/api/v1").withToken(lectern.adminToken());
	}

	List<ProvokedProblem> provokeAll() {
		return Stream.of(ofRequests(), ofBooks(), ofPaths()).flatMap(List::stream).toList();
	}

	private List<ProvokedProblem> ofRequests() {
		return List.of(provoked(this.curator.get("/books?limit=0&colour=red"), "must be a whole number from 1 to 200"),
				provoked(this.curator.delete("/topics"), "only GET, HEAD, OPTIONS"),
				provoked(this.curator.with("Accept", "image/png").get("/books"), "available as application/json"),
				provoked(this.curator.post("/books", "{"), "line 1, column"),
				provoked(this.curator.post("/books", "{\"title\":\"" + "x".repeat(1 << 20) + "\"}"),
						"larger than 1 MiB"),
				provoked(this.curator.contentType("text/plain").post("/books", BOOK),
						"Send the content as application/json"),
				provoked(this.curator.post("/books", "{\"title\":\"A Book\",\"colour\":\"red\"}"), "/colour"));
	}

	private List<ProvokedProblem> ofBooks() {
		String path = "/books/" + this.id;
		this.curator.put(path, BOOK).assertStatus(201);
		this.curator.put("/books/removed-" + this.id, BOOK).assertStatus(201);
		this.curator.ifMatch("*").delete("/books/removed-" + this.id).assertStatus(204);
		TestApiClient keyed = this.curator.idempotencyKey(this.id);
		keyed.post("/books", BOOK).assertStatus(201);
		return List.of(provoked(this.curator.get("/books/no-" + this.id), "has no book with this id"),
				provoked(this.curator.put(path, BOOK), "send its ETag as If-Match"),
				provoked(this.curator.ifMatch("\"99\"").put(path, BOOK), "current version is"),
				provoked(this.curator.put("/books/removed-" + this.id, BOOK), "cannot be reused"),
				provoked(keyed.post("/books", "{\"title\":\"Another Book\"}"), "Use a new key"));
	}

	private List<ProvokedProblem> ofPaths() {
		String path = "/paths/" + this.id;
		this.curator.put(path, PATH.formatted("\"steps\":[{\"book\":\"" + this.id + "\"}]")).assertStatus(201);
		TestApiClient other = this.curator.ifMatch("*");
		return List.of(provoked(other.delete("/books/" + this.id), "is a step of " + this.id),
				provoked(other.put(path, PATH.formatted("\"steps\":[{\"book\":\"no-such-book\"}]")), "no-such-book"),
				provoked(other.put(path, PATH.formatted("\"needs\":[\"two\"]")), "/gates/0/needs/0"),
				provoked(other.put(path, PATH.formatted("\"needs\":[\"one\"]")), "one needs one"),
				provoked(other.put(path, PATH.formatted("\"rule\":{\"type\":\"any\",\"count\":1}")),
						"must be at most 0"));
	}

	private static ProvokedProblem provoked(TestApiResponse response, String help) {
		return ProvokedProblem.of(response, help);
	}

}
