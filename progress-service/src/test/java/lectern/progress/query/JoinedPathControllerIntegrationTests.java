package lectern.progress.query;

import java.util.List;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The state of a path as of a point in time over HTTP. */
class JoinedPathControllerIntegrationTests {

	private static final String PATH = "/paths/past-architect";

	@Test
	void pathStateIsShownAsOfCursor() {
		TestProgress progress = TestProgress.shared();
		progress.addBook("a-book", "A Book", "Somebody");
		progress.addPath("past-architect", "a-book");
		TestReader reader = progress.newReader();
		String before = reader.start("a-book").report(0.1).cursor();
		String joined = reader.put(PATH).assertStatus(201).cursor();
		TestApiResponse current = reader.get(PATH).assertStatus(200);
		reader.post(PATH + "/gates/basics/waive").assertStatus(200);
		TestApiResponse past = reader.get(PATH + "?asOf=" + joined).assertStatus(200).assertHeader("Cursor", joined);
		assertThat(past.json()).isEqualTo(current.json()).isNotEqualTo(reader.get(PATH).json());
		reader.get(PATH + "?asOf=" + before).assertProblem(404, "not-found");
		for (String asOf : List.of("nonsense", "otherepoch-1", "9999-01-01T00:00:00Z", "1815-12-10T00:00:00Z")) {
			reader.get(PATH + "?asOf=" + asOf).assertInvalidParameter("asOf");
		}
		reader.get(PATH + "?axis=received&asOf=" + joined).assertInvalidParameter("axis");
	}

	@Test
	void joinedPathsAreListedPageByPage() {
		TestProgress progress = TestProgress.shared();
		progress.addBook("a-book", "A Book", "Somebody");
		TestReader reader = progress.newReader();
		String none = reader.start("a-book").report(0.1).cursor();
		String joined = "";
		for (String path : List.of("listed-c", "listed-a", "listed-b")) {
			progress.addPath(path, "a-book");
			joined = reader.put("/paths/" + path).assertStatus(201).cursor();
		}
		reader.get("/paths").assertStatus(200).assertCursor().assertMember("/items/2/id", "listed-c");
		TestApiResponse first = reader.get("/paths?limit=2").assertStatus(200).assertMember("/items/1/id", "listed-b");
		assertThat(first.at("/items/0")).isEqualTo(reader.get("/paths/listed-a").json());
		String next = first.at("/next").stringValue();
		reader.get("/paths?limit=2&page=" + next).assertMember("/items/0/id", "listed-c").assertMember("/next", null);
		reader.delete("/paths/listed-a").assertStatus(428);
		reader.ifMatch("*").delete("/paths/listed-a").assertStatus(204);
		reader.get("/paths").assertMember("/items/0/id", "listed-b");
		reader.get("/paths?asOf=" + joined).assertHeader("Cursor", joined).assertMember("/items/0/id", "listed-a");
		reader.get("/paths?asOf=" + none).assertStatus(200).assertMember("/items", new String[0]);
		reader.get("/paths?status=joined").assertInvalidParameter("status");
		reader.get("/paths?page=x").assertInvalidParameter("page");
	}

}
