package lectern.acceptance.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The readings of a device that it alone changes, and what their answers must be. */
final class KnownReadings {

	private final ContractClient client;

	private final Random random;

	private final String path;

	private final List<String> books;

	private final List<ModelledReading> all = new ArrayList<>();

	KnownReadings(ContractClient client, String path, List<String> books, Random random) {
		this.client = client;
		this.path = path;
		this.books = books;
		this.random = random;
	}

	List<ModelledReading> all() {
		return this.all;
	}

	List<String> books() {
		return this.books;
	}

	Random random() {
		return this.random;
	}

	/** Return the path of all readings. */
	String path() {
		return this.path;
	}

	String path(ModelledReading reading) {
		return this.path + "/" + reading.id();
	}

	<T> T choose(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	/** Return a reading, most often one that is open. */
	ModelledReading any() {
		List<ModelledReading> open = this.all.stream().filter(ModelledReading::isOpen).toList();
		return (open.isEmpty() || this.random.nextInt(3) == 0) ? choose(this.all) : choose(open);
	}

	boolean isOtherOpen(ModelledReading reading) {
		return this.all.stream()
			.anyMatch((other) -> other != reading && other.isOpen() && other.book().equals(reading.book()));
	}

	/** Assert that a command has changed a reading, and remember its state. */
	JsonNode assertChanged(ContractAnswer answer, ModelledReading reading, JsonNode state, String status) {
		assertThat(state.path("id").asString()).as(answer::toString).isEqualTo(reading.id());
		assertThat(state.path("version").asInt()).as(answer::toString).isEqualTo(reading.version() + 1);
		assertThat(answer.version()).as(answer::toString).isEqualTo(reading.version() + 1);
		assertThat(state.path("status").asString()).as(answer::toString).isEqualTo(status);
		reading.change(state, answer.cursor());
		this.client.addCursor(answer);
		return state;
	}

	static void assertUnchanged(ContractAnswer answer, ModelledReading reading, JsonNode state) {
		assertThat(state).as(answer::toString).isEqualTo(reading.state());
		assertThat(answer.header("ETag")).as(answer::toString).isEqualTo(reading.entityTag());
	}

	/** Assert that a command is refused, and return true, unless the reading is open. */
	static boolean assertRefusedUnlessOpen(ContractAnswer answer, ModelledReading reading) {
		if (reading.isRemoved()) {
			answer.assertProblem(404, "not-found");
		}
		else if (!reading.isOpen()) {
			answer.assertProblem(409, "reading-" + reading.status());
		}
		return !reading.isOpen();
	}

}
