package lectern.acceptance.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads readings now and as of earlier, and sends changes that are refused. */
final class ReadSteps {

	private final ContractClient client;

	private final KnownReadings known;

	ReadSteps(ContractClient client, KnownReadings known) {
		this.client = client;
		this.known = known;
	}

	/** A read that has seen the last change shows it. */
	void read() throws IOException {
		ModelledReading reading = this.known.any();
		String path = this.known.path(reading) + "?seen=" + this.client.lastCursor();
		if (reading.isRemoved()) {
			this.client.get(path).assertProblem(404, "not-found");
			return;
		}
		ContractAnswer answer = this.client.get(path).assertStatus(200);
		assertThat(answer.header("ETag")).as(answer::toString).isEqualTo(reading.entityTag());
		assertThat(answer.json()).as(answer::toString).isEqualTo(reading.state());
		this.client.send("GET", path, Map.of("If-None-Match", reading.entityTag()), null).assertStatus(304);
	}

	/** The state as of the cursor of an event is that which its command has shown. */
	void readPast() throws IOException {
		ModelledReading reading = this.known.any();
		ModelledReading.Shown shown = this.known.choose(reading.past());
		ContractAnswer answer = this.client.get(this.known.path(reading) + "?asOf=" + shown.cursor());
		if (shown.state().has("removed")) {
			answer.assertProblem(404, "not-found");
		}
		else {
			assertThat(answer.assertStatus(200).json()).as(answer::toString).isEqualTo(shown.state());
		}
	}

	/** So does a list. */
	void list() throws IOException {
		String book = this.known.choose(this.known.books());
		String seen = this.client.lastCursor();
		ContractAnswer answer = this.client
			.get(this.known.path() + "?limit=200&book=" + book + (seen.isEmpty() ? "" : "&seen=" + seen))
			.assertStatus(200);
		Map<String, JsonNode> expected = this.known.all()
			.stream()
			.filter((reading) -> reading.book().equals(book) && !reading.isRemoved())
			.collect(Collectors.toMap(ModelledReading::id, ModelledReading::state));
		Map<String, JsonNode> shown = new HashMap<>();
		answer.json().path("items").forEach((item) -> shown.put(item.path("id").asString(), item));
		assertThat(shown).as(answer::toString).isEqualTo(expected);
	}

	/** The history of a removed reading says that it is removed. */
	void readHistory() throws IOException {
		ModelledReading reading = this.known.any();
		ContractAnswer answer = this.client.get(this.known.path(reading) + "/history?limit=200");
		List<String> cursors = answer.assertStatus(200)
			.json()
			.path("items")
			.valueStream()
			.map((entry) -> entry.path("cursor").asString())
			.toList();
		List<String> expected = reading.past()
			.reversed()
			.stream()
			.map(ModelledReading.Shown::cursor)
			.limit(200)
			.toList();
		assertThat(cursors).as(answer::toString).isEqualTo(expected);
	}

	void refuseStaleChange() throws IOException {
		ModelledReading reading = this.known.any();
		if (reading.version() < 2 || reading.isRemoved()) {
			return;
		}
		Map<String, String> stale = Map.of("If-Match",
				"\"" + (1 + this.known.random().nextInt(reading.version() - 1)) + "\"");
		Map<String, Object> change = new LinkedHashMap<>();
		change.put("fraction", 0.5);
		ContractAnswer answer = this.known.random().nextBoolean()
				? this.client.send("DELETE", this.known.path(reading), stale, null)
				: this.client.command(this.known.path(reading) + "/positions", stale, change);
		answer.assertProblem(412, "precondition-failed");
		assertThat(answer.header("ETag")).as(answer::toString).isEqualTo(reading.entityTag());
	}

	void refuseChangeWithoutVersion() throws IOException {
		ModelledReading reading = this.known.any();
		if (!reading.isRemoved()) {
			this.client.send("DELETE", this.known.path(reading), Map.of(), null)
				.assertProblem(428, "precondition-required");
		}
	}

}
