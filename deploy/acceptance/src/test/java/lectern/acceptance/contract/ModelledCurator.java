package lectern.acceptance.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A curator who changes books at random that nobody else changes. */
final class ModelledCurator {

	private final ContractClient client;

	private final Random random;

	private final List<String> ids;

	/** The document of each book that exists. */
	private final Map<String, JsonNode> books = new HashMap<>();

	private final List<String> removed = new ArrayList<>();

	private final List<Step> steps = List.of(this::save, this::save, this::save, this::patch, this::patch,
			this::saveAgain, this::remove, this::read, this::read, this::refuseStaleChange,
			this::refuseChangeWithoutVersion, this::insistOnNewBook);

	ModelledCurator(ContractClient client, List<String> ids, Random random) {
		this.client = client;
		this.ids = ids;
		this.random = random;
	}

	/** Execute an operation. */
	void step() throws IOException {
		this.steps.get(this.random.nextInt(this.steps.size())).run(this.ids.get(this.random.nextInt(this.ids.size())));
	}

	/** Return the document of each book that exists. */
	Map<String, JsonNode> books() {
		return this.books;
	}

	private static String path(String id) {
		return "/api/v1/books/" + id;
	}

	private String tag(String id) {
		return "\"" + this.books.get(id).path("version").asInt() + "\"";
	}

	private String title() {
		return "Title " + this.random.nextInt(1_000_000);
	}

	private void save(String id) throws IOException {
		Map<String, Object> content = Map.of("title", title(), "authors", List.of("A. Author"), "level", "advanced");
		boolean present = this.books.containsKey(id);
		ContractAnswer answer = this.client.send("PUT", path(id), present ? Map.of("If-Match", tag(id)) : Map.of(),
				content);
		if (this.removed.contains(id)) {
			answer.assertProblem(409, "id-removed");
			return;
		}
		assertChanged(answer.assertStatus(present ? 200 : 201), id);
		assertThat(answer.json().path("title").asString()).isEqualTo(content.get("title"));
	}

	/**
	 * A document that was read can be written back, and a write in effect changes
	 * nothing.
	 */
	private void saveAgain(String id) throws IOException {
		if (this.books.containsKey(id)) {
			ContractAnswer answer = this.client.send("PUT", path(id), Map.of("If-Match", tag(id)), this.books.get(id))
				.assertStatus(200);
			assertThat(answer.json()).as(answer::toString).isEqualTo(this.books.get(id));
			assertThat(answer.header("ETag")).isEqualTo(tag(id));
		}
	}

	private void patch(String id) throws IOException {
		String title = title();
		ContractAnswer answer = this.client.send("PATCH", path(id),
				this.books.containsKey(id) ? Map.of("If-Match", tag(id)) : Map.of("If-Match", "*"),
				Map.of("title", title));
		if (this.books.containsKey(id)) {
			JsonNode before = this.books.get(id);
			assertChanged(answer.assertStatus(200), id);
			assertThat(answer.json().path("title").asString()).isEqualTo(title);
			assertThat(answer.json().path("authors")).isEqualTo(before.path("authors"));
		}
		else {
			assertThat(answer.status()).as(answer::toString).isIn(404, 412);
		}
	}

	private void assertChanged(ContractAnswer answer, String id) {
		int before = this.books.containsKey(id) ? this.books.get(id).path("version").asInt() : 0;
		assertThat(answer.json().path("version").asInt()).as(answer::toString).isEqualTo(before + 1);
		assertThat(answer.version()).as(answer::toString).isEqualTo(before + 1);
		this.books.put(id, answer.json());
		this.client.addCursor(answer);
	}

	private void remove(String id) throws IOException {
		if (this.books.containsKey(id) && this.random.nextInt(4) == 0) {
			ContractAnswer answer = this.client.send("DELETE", path(id), Map.of("If-Match", tag(id)), null)
				.assertStatus(204);
			this.client.addCursor(answer);
			this.books.remove(id);
			this.removed.add(id);
		}
	}

	private void read(String id) throws IOException {
		ContractAnswer answer = this.client.get(path(id));
		if (!this.books.containsKey(id)) {
			answer.assertProblem(404, "not-found");
			return;
		}
		assertThat(answer.assertStatus(200).json()).as(answer::toString).isEqualTo(this.books.get(id));
		this.client.send("GET", path(id), Map.of("If-None-Match", tag(id)), null).assertStatus(304);
	}

	private void refuseStaleChange(String id) throws IOException {
		if (this.books.containsKey(id) && this.books.get(id).path("version").asInt() > 1) {
			ContractAnswer answer = this.client.send("PATCH", path(id), Map.of("If-Match", "\"1\""),
					Map.of("title", title()));
			assertThat(answer.assertProblem(412, "precondition-failed").header("ETag")).isEqualTo(tag(id));
		}
	}

	private void refuseChangeWithoutVersion(String id) throws IOException {
		if (this.books.containsKey(id)) {
			this.client.send("DELETE", path(id), Map.of(), null).assertProblem(428, "precondition-required");
		}
	}

	private void insistOnNewBook(String id) throws IOException {
		if (this.books.containsKey(id)) {
			this.client.send("PUT", path(id), Map.of("If-None-Match", "*"), Map.of("title", title()))
				.assertProblem(412, "precondition-failed");
		}
	}

	/** An operation of a curator on a book. */
	private interface Step {

		void run(String id) throws IOException;

	}

}
