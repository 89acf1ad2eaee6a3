package lectern.acceptance.contract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Goes back to earlier positions, removes readings, and takes both back. */
final class UndoSteps {

	private final ContractClient client;

	private final KnownReadings known;

	private final String path;

	/** The undo of the last change, which works as long as nothing else changes. */
	private Undo undo = Undo.NONE;

	/**
	 * Create the steps.
	 * @param path the path of the reader
	 */
	UndoSteps(ContractClient client, KnownReadings known, String path) {
		this.client = client;
		this.known = known;
		this.path = path;
	}

	/** Forget the undo of a reading whose position has changed. */
	void forget(ModelledReading reading) {
		this.undo = this.undo.isOf(reading) ? Undo.NONE : this.undo;
	}

	void restore() throws IOException {
		ModelledReading reading = this.known.any();
		ModelledReading.Shown target = this.known.choose(reading.past());
		ContractAnswer answer = this.client.command(this.known.path(reading) + "/restore", Map.of(),
				Map.of("to", target.cursor()));
		if (KnownReadings.assertRefusedUnlessOpen(answer, reading)) {
			return;
		}
		if (!target.state().has("position")) {
			answer.assertProblem(409, "no-position-then");
			return;
		}
		JsonNode before = reading.state();
		JsonNode shown = answer.assertStatus(200).json().path("reading");
		assertThat(position(shown)).as(answer::toString).isEqualTo(position(target.state()));
		if (position(before).equals(position(shown))) {
			KnownReadings.assertUnchanged(answer, reading, shown);
		}
		else {
			this.known.assertChanged(answer, reading, shown, "reading");
			this.undo = new Undo(answer.json().path("undo").asString(), reading, before);
		}
	}

	void undo() throws IOException {
		Undo taken = this.undo;
		if (taken.reading() == null) {
			return;
		}
		ModelledReading reading = taken.reading();
		ContractAnswer answer = this.client.command(this.path + "/undo", Map.of(), Map.of("undo", taken.cursor()));
		boolean wasRemoved = reading.isRemoved();
		if (wasRemoved && taken.before().path("status").asString().equals("reading")
				&& this.known.isOtherOpen(reading)) {
			answer.assertProblem(409, "undo-impossible");
		}
		else if (wasRemoved) {
			JsonNode shown = answer.assertStatus(200).json().path("reading");
			assertThat(shown.path("version").asInt()).as(answer::toString).isEqualTo(reading.version() + 1);
			assertSame(shown, taken.before(), answer);
			reading.giveBack(shown, answer.cursor());
			this.client.addCursor(answer);
		}
		else if (!reading.isOpen()) {
			answer.assertProblem(409, "reading-" + reading.status());
			return;
		}
		else {
			JsonNode shown = answer.assertStatus(200).json().path("reading");
			assertThat(position(shown)).as(answer::toString).isEqualTo(position(taken.before()));
			this.known.assertChanged(answer, reading, shown, "reading");
		}
		this.undo = Undo.NONE;
	}

	/** The positions of a state; a restored one is received when it is restored. */
	private static List<JsonNode> position(JsonNode state) {
		return Stream.of("position", "furthest").map((name) -> {
			JsonNode position = state.path(name).deepCopy();
			((ObjectNode) position).remove("receivedAt");
			return position;
		}).toList();
	}

	void remove() throws IOException {
		ModelledReading reading = this.known.any();
		if (reading.isRemoved()) {
			return;
		}
		JsonNode before = reading.state();
		ContractAnswer answer = this.client
			.send("DELETE", this.known.path(reading), Map.of("If-Match", reading.entityTag()), null)
			.assertStatus(200);
		JsonNode shown = answer.json().path("reading");
		assertThat(shown.path("version").asInt()).as(answer::toString).isEqualTo(reading.version() + 1);
		reading.remove(shown, answer.cursor());
		this.client.addCursor(answer);
		this.undo = new Undo(answer.json().path("undo").asString(), reading, before);
	}

	private static void assertSame(JsonNode shown, JsonNode before, ContractAnswer answer) {
		for (String member : List.of("id", "status", "startedAt", "finishedAt", "position", "furthest", "plan")) {
			assertThat(shown.path(member)).as("%s of %s", member, answer).isEqualTo(before.path(member));
		}
	}

	/**
	 * The undo that an answer gave.
	 *
	 * @param reading the reading; null if there is no undo
	 * @param before the state before the change that it undoes
	 */
	private record Undo(String cursor, ModelledReading reading, JsonNode before) {

		static final Undo NONE = new Undo("", null, null);

		boolean isOf(ModelledReading other) {
			return this.reading == other;
		}

	}

}
