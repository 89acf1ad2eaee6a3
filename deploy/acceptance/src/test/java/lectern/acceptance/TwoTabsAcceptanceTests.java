package lectern.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A curator edits the same document in two tabs of a browser. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class TwoTabsAcceptanceTests {

	private TestApiClient curator;

	@BeforeEach
	void signIn(LecternInstance lectern) {
		this.curator = TestApiClient.of(lectern.url() + "/api/v1").withToken(lectern.adminToken());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			/books/in-two-tabs | {"title": "First", "summary": "First"}
			/paths/in-two-tabs | {"title": "First", "summary": "First", "gates": [{"id": "one", "title": "One"}]}
			""")
	void staleTabIsRefusedThenMergesAndSaves(String path, String content, LecternInstance lectern) throws Exception {
		String created = this.curator.put(path, content).assertStatus(201).cursor();
		TestApiResponse one = this.curator.get(path).assertStatus(200);
		TestApiResponse other = this.curator.get(path).assertStatus(200);

		TestApiResponse saved = save(path, other, "summary", "Of the other tab").assertStatus(200);
		save(path, one, "title", "Of the one tab").assertProblem(412, "precondition-failed")
			.assertHeader("ETag", saved.etag());
		this.curator.put(path, one.text()).assertProblem(428, "precondition-required");

		TestApiResponse current = this.curator.get(path).assertStatus(200).assertHeader("ETag", saved.etag());
		TestApiResponse merged = save(path, current, "title", "Of the one tab").assertStatus(200)
			.assertMember("/title", "Of the one tab")
			.assertMember("/summary", "Of the other tab");

		assertThat(versionsAfter(created, lectern)).containsExactly(2L, 3L);
		assertThat(merged.at("/version").asLong()).isEqualTo(3);
	}

	/** What was read has members that the catalog adds itself. */
	@ParameterizedTest
	@CsvSource({ "/books/fluent-python", "/paths/temporal-architect" })
	void documentThatWasReadCanBeWrittenBack(String path, LecternInstance lectern) throws Exception {
		TestApiResponse read = this.curator.get(path).assertStatus(200);

		TestApiResponse written = this.curator.ifMatch(read.etag()).put(path, read.text()).assertStatus(200);

		assertThat(written.json()).isEqualTo(read.json());
		assertThat(written.etag()).isEqualTo(read.etag());
		assertThat(versionsAfter(read.cursor(), lectern)).as("events").isEmpty();
	}

	/** Write the document back as it was read, with one member changed. */
	private TestApiResponse save(String path, TestApiResponse read, String member, String value) {
		String content = ((ObjectNode) read.json()).put(member, value).toString();
		return this.curator.ifMatch(read.etag()).put(path, content);
	}

	/** The versions in the events after a cursor, up to an event that is written now. */
	private static List<Long> versionsAfter(String cursor, LecternInstance lectern) throws Exception {
		String end = new CuratorClient(lectern).saveBook("after-two-tabs", "Written at " + System.nanoTime());
		List<Long> versions = new ArrayList<>();
		try (RecordingStreamClient stream = lectern.subscribe("/api/v1/catalog/events?after=" + cursor, Map.of())) {
			RecordingStreamClient.ReceivedFrame event = stream.nextEvent();
			while (!event.id().equals(end)) {
				versions.add(event.data().path("version").asLong());
				event = stream.nextEvent();
			}
		}
		return versions;
	}

}
