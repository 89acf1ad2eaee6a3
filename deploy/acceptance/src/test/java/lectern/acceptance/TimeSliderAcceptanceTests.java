package lectern.acceptance;

import java.util.ArrayList;
import java.util.List;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A page with a slider shows the past of a reading, restores it and takes that back. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class TimeSliderAcceptanceTests {

	private TestApiClient client;

	private String path;

	/** The reading after each event, as a read with its cursor has shown it. */
	private final List<TestApiResponse> states = new ArrayList<>();

	@BeforeEach
	void readForDays(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		this.path = "/readings/" + reader.startReading("fluent-python");
		this.client = TestApiClient.of(lectern.url() + "/api/v1/readers/" + reader.handle())
			.with("Authorization", reader.authorizationHeader().get("Authorization"));
		execute("/positions", "{\"fraction\":0.1,\"page\":90,\"chapter\":\"2\"}");
		execute("/positions", "{\"fraction\":0.3}");
		execute("/finish", "{}");
		execute("/reopen", "{}");
		execute("/positions", "{\"fraction\":0.2,\"device\":{\"id\":\"phone\",\"name\":\"My phone\"}}");
	}

	private TestApiResponse execute(String command, String content) {
		TestApiResponse response = this.client.post(this.path + command, content).assertStatus(200);
		this.states.add(this.client.get(this.path + "?seen={cursor}", response.cursor()).assertStatus(200));
		return response;
	}

	@Test
	void everyStopOfSliderShowsStateOfThatTime() {
		List<JsonNode> entries = history();
		assertThat(entries).hasSize(this.states.size() + 1);
		for (int index = 0; index < this.states.size(); index++) {
			JsonNode state = this.states.get(index).json();
			// The newest entry is the first.
			JsonNode entry = entries.get(this.states.size() - 1 - index);
			for (String time : List.of(entry.path("cursor").asString(), entry.path("receivedAt").asString())) {
				TestApiResponse past = this.client.get(this.path + "?asOf={time}", time).assertStatus(200);
				assertThat(past.json()).as("as of %s", time).isEqualTo(state);
				assertThat(past.cursor()).as("the cursor of %s", time).isEqualTo(entry.path("cursor").asString());
				assertThat(this.client.get("/readings?asOf={time}", time).assertStatus(200).at("/items/0"))
					.isEqualTo(state);
			}
		}
		JsonNode start = entries.getLast();
		assertThat(asOf(start.path("cursor").asString()).has("position")).isFalse();
		this.client.get(this.path + "?asOf=2001-01-01T00:00:00Z").assertInvalidParameter("asOf");
	}

	@Test
	void restoreIsUndoneAndRedone() {
		JsonNode present = this.states.getLast().json();
		JsonNode chosen = this.states.get(1).json();

		TestApiResponse restored = execute("/restore", "{\"to\":\"" + cursorOf(1) + "\"}");
		assertPositionOf(restored, chosen);
		TestApiResponse undone = undo(restored).assertStatus(200);
		assertPositionOf(undone, present);
		TestApiResponse redone = undo(undone).assertStatus(200);
		assertPositionOf(redone, chosen);

		undo(restored).assertProblem(409, "undo-impossible");
		assertThat(history()).extracting((entry) -> entry.path("type").asString())
			.startsWith("position-restored", "position-restored", "position-restored", "position-reported");
		assertThat(asOf(cursorOf(1))).as("the past stays as it was").isEqualTo(chosen);
	}

	@Test
	void restoreTakesInstantAndMovesNothingTwice() {
		String instant = history().get(4).path("receivedAt").asString();
		TestApiResponse restored = execute("/restore", "{\"to\":\"" + instant + "\"}");
		assertPositionOf(restored, this.states.getFirst().json());
		assertThat(restored.at("/reading/position/chapter").asString()).isEqualTo("2");

		TestApiResponse again = this.client.post(this.path + "/restore", "{\"to\":\"" + instant + "\"}")
			.assertStatus(200);
		assertThat(again.at("/reading/version")).isEqualTo(restored.at("/reading/version"));
		assertThat(again.json().has("undo")).isFalse();
	}

	private List<JsonNode> history() {
		return this.client.getAllItems(this.path + "/history?limit=2");
	}

	private String cursorOf(int state) {
		return history().reversed().get(state + 1).path("cursor").asString();
	}

	private JsonNode asOf(String time) {
		return this.client.get(this.path + "?asOf={time}", time).assertStatus(200).json();
	}

	private TestApiResponse undo(TestApiResponse response) {
		return this.client.post("/undo", "{\"undo\":\"" + response.at("/undo").asString() + "\"}");
	}

	/** The time at which the service received it is that of the restore. */
	private static void assertPositionOf(TestApiResponse response, JsonNode expected) {
		for (String member : List.of("fraction", "page", "chapter", "device", "occurredAt")) {
			assertThat(response.at("/reading/position").path(member)).as(member)
				.isEqualTo(expected.path("position").path(member));
		}
	}

}
