package lectern.progress.query;

import java.time.Instant;
import java.util.List;

import lectern.progress.ReadingFixture;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The history of a reading over HTTP. */
class HistoryControllerIntegrationTests extends ReadingFixture {

	@Test
	void historyIsNewestFirstAndEachCursorShowsItsEntry() {
		this.reading.report(0.3, Instant.now()).assertStatus(200);
		this.reading.report(0.2, Instant.now().minusSeconds(600)).assertStatus(200);
		this.reading.finish().assertStatus(200);
		TestApiResponse history = this.reading.get("/history")
			.assertStatus(200)
			.assertMember("/items/0/status", "finished")
			.assertMember("/items/1/moved", false)
			.assertMember("/items/1/reported/fraction", 0.2)
			.assertMember("/items/2/moved", true);
		List<JsonNode> entries = List.copyOf(history.at("/items").values());
		assertThat(entries).extracting((entry) -> entry.path("type").stringValue())
			.containsExactly("reading-finished", "position-reported", "position-reported", "reading-started");
		assertThat(entries).extracting((entry) -> entry.path("version").intValue()).containsExactly(4, 3, 2, 1);
		assertThat(entries.getLast().propertyNames()).containsExactlyInAnyOrder("cursor", "type", "version",
				"occurredAt", "receivedAt", "status");
		for (JsonNode entry : entries) {
			JsonNode asOf = this.reading.get("?asOf=" + entry.path("cursor").stringValue()).assertStatus(200).json();
			for (String member : List.of("version", "position", "furthest")) {
				assertThat(asOf.path(member)).isEqualTo(entry.path(member));
			}
		}
	}

	@Test
	void historyIsPaged() {
		String cursor = this.reading.report(0.3).cursor();
		this.reading.report(0.9).assertStatus(200);
		String next = this.reading.get("/history?limit=2").assertStatus(200).at("/next").stringValue();
		this.reading.get("/history?limit=2&page=" + next)
			.assertStatus(200)
			.assertMember("/items/0/version", 1)
			.assertMember("/items/1", null)
			.assertMember("/next", null);
		this.reader.start("a-book").get("/history?page=" + next).assertInvalidParameter("page");
		this.reading.get("/history?page=nonsense").assertInvalidParameter("page");
		String pageOfList = this.reader
			.get("/readings?limit=1&asOf=" + this.reader.start("a-book").report(0.1).cursor())
			.at("/next")
			.stringValue();
		this.reading.get("/history?page=" + pageOfList).assertInvalidParameter("page");
		this.reading.get("/history?limit=0").assertInvalidParameter("limit");
		this.reading.get("/history?asOf=" + cursor).assertInvalidParameter("asOf");
	}

}
