package lectern.acceptance.contract;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Starts readings and changes their position, status and plan. */
final class ChangeSteps {

	private static final List<String> PLANS = List.of("2099-01-01T00:00:00Z", "2099-02-02T00:00:00Z");

	private final ContractClient client;

	private final KnownReadings known;

	private final UndoSteps undos;

	ChangeSteps(ContractClient client, KnownReadings known, UndoSteps undos) {
		this.client = client;
		this.known = known;
		this.undos = undos;
	}

	void start() throws IOException {
		String book = this.known.choose(this.known.books());
		ContractAnswer answer = this.client.command(this.known.path(), Map.of(), Map.of("book", book));
		for (ModelledReading open : this.known.all()) {
			if (open.isOpen() && open.book().equals(book)) {
				KnownReadings.assertUnchanged(answer.assertStatus(200), open, answer.json());
				return;
			}
		}
		answer.assertStatus(201);
		assertThat(answer.json().path("version").asInt()).as(answer::toString).isOne();
		assertThat(answer.header("Location")).isEqualTo(this.known.path() + "/" + answer.json().path("id").asString());
		this.known.all().add(new ModelledReading(book, answer.json(), answer.cursor()));
		this.client.addCursor(answer);
	}

	void report() throws IOException {
		ModelledReading reading = this.known.any();
		double fraction = this.known.random().nextInt(1_001) / 1_000.0;
		ContractAnswer answer = this.client.command(this.known.path(reading) + "/positions", precondition(reading),
				Map.of("fraction", fraction));
		switch (reading.status()) {
			case "reading" -> {
				assertThat(answer.assertStatus(200).json().path("moved").asBoolean()).as(answer::toString).isTrue();
				JsonNode state = this.known.assertChanged(answer, reading, answer.json().path("reading"), "reading");
				assertThat(state.at("/position/fraction").asDouble()).as(answer::toString).isEqualTo(fraction);
				this.undos.forget(reading);
			}
			case "removed" -> answer.assertProblem(404, "not-found");
			default -> answer.assertProblem(409, "reading-" + reading.status());
		}
	}

	/** Sometimes the version on which a command is based. */
	private Map<String, String> precondition(ModelledReading reading) {
		return this.known.random().nextBoolean() ? Map.of() : Map.of("If-Match", reading.entityTag());
	}

	void finish() throws IOException {
		changeStatus("finish", "reading", "finished", "abandoned");
	}

	void abandon() throws IOException {
		changeStatus("abandon", "reading", "abandoned", "finished");
	}

	void reopen() throws IOException {
		changeStatus("reopen", "finished", "reading", "abandoned");
	}

	void resume() throws IOException {
		changeStatus("resume", "abandoned", "reading", "finished");
	}

	void changeStatus(String command, String from, String to, String refused) throws IOException {
		ModelledReading reading = this.known.any();
		ContractAnswer answer = this.client.command(this.known.path(reading) + "/" + command, precondition(reading),
				Map.of());
		if (reading.isRemoved()) {
			answer.assertProblem(404, "not-found");
		}
		else if (reading.status().equals(to)) {
			KnownReadings.assertUnchanged(answer.assertStatus(200), reading, answer.json());
		}
		else if (reading.status().equals(refused)) {
			answer.assertProblem(409, "reading-" + refused);
		}
		else if (to.equals("reading") && this.known.isOtherOpen(reading)) {
			assertThat(answer.assertProblem(409, "other-reading-open").json().path("reading").asString())
				.isNotEqualTo(reading.id());
		}
		else {
			assertThat(reading.status()).isEqualTo(from);
			this.known.assertChanged(answer.assertStatus(200), reading, answer.json(), to);
		}
	}

	void plan() throws IOException {
		ModelledReading reading = this.known.any();
		String finishBy = this.known.choose(PLANS);
		boolean present = reading.hasPlan();
		boolean same = reading.state().at("/plan/finishBy").asString("").equals(finishBy);
		ContractAnswer answer = this.client.send("PUT", this.known.path(reading) + "/plan",
				Map.of("If-Match", reading.entityTag()), Map.of("finishBy", finishBy));
		if (KnownReadings.assertRefusedUnlessOpen(answer, reading)) {
			return;
		}
		if (same) {
			KnownReadings.assertUnchanged(answer.assertStatus(200), reading, answer.json());
		}
		else {
			JsonNode state = this.known.assertChanged(answer.assertStatus(present ? 200 : 201), reading, answer.json(),
					"reading");
			assertThat(state.at("/plan/finishBy").asString()).isEqualTo(finishBy);
		}
	}

	void removePlan() throws IOException {
		ModelledReading reading = this.known.any();
		ContractAnswer answer = this.client.send("DELETE", this.known.path(reading) + "/plan",
				Map.of("If-Match", reading.entityTag()), null);
		if (KnownReadings.assertRefusedUnlessOpen(answer, reading)) {
			return;
		}
		if (reading.hasPlan()) {
			JsonNode state = this.known.assertChanged(answer.assertStatus(200), reading, answer.json(), "reading");
			assertThat(state.has("plan")).as(answer::toString).isFalse();
		}
		else {
			KnownReadings.assertUnchanged(answer.assertStatus(200), reading, answer.json());
		}
	}

}
