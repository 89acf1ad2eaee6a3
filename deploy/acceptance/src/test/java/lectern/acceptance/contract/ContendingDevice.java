package lectern.acceptance.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A device that changes the readings of one book at the same time as others. It cannot
 * know each answer beforehand, but no change of another device may be lost.
 */
final class ContendingDevice {

	private final ContractClient client;

	private final Random random;

	private final String readings;

	private final String book;

	/** The versions that any device has made with a precondition, by reading. */
	private final Set<String> versions;

	/** The version of each reading that this device has seen last. */
	private final Map<String, Integer> seen = new HashMap<>();

	/**
	 * Create a device.
	 * @param versions shared by the devices that contend, thread-safe
	 */
	ContendingDevice(ContractClient client, String reader, String book, Set<String> versions, Random random) {
		this.client = client;
		this.readings = "/api/v1/readers/" + reader + "/readings";
		this.book = book;
		this.versions = versions;
		this.random = random;
	}

	/** Execute an operation. */
	void step() throws IOException {
		if (this.seen.isEmpty()) {
			start();
			return;
		}
		String reading = List.copyOf(this.seen.keySet()).get(this.random.nextInt(this.seen.size()));
		switch (this.random.nextInt(10)) {
			case 0, 1 -> start();
			case 2 -> changeStatus(reading, "finish");
			case 3 -> changeStatus(reading, "reopen");
			case 4 -> changeStatus(reading, "abandon");
			case 5 -> changeStatus(reading, "resume");
			default -> report(reading);
		}
	}

	private void start() throws IOException {
		ContractAnswer answer = this.client.command(this.readings, Map.of(), Map.of("book", this.book));
		assertThat(answer.status()).as(answer::toString).isIn(200, 201);
		if (answer.status() == 201) {
			assertThat(answer.version()).as(answer::toString).isOne();
			this.client.addCursor(answer);
		}
		assertThat(answer.json().path("status").asString()).as(answer::toString).isEqualTo("reading");
		this.seen.put(answer.json().path("id").asString(), answer.version());
	}

	/** A change of the version that it has seen is the next one, and nobody else's. */
	private void report(String reading) throws IOException {
		int before = this.seen.get(reading);
		ContractAnswer answer = this.client.command(this.readings + "/" + reading + "/positions",
				Map.of("If-Match", "\"" + before + "\""), Map.of("fraction", this.random.nextInt(1_000) / 1_000.0));
		switch (answer.status()) {
			case 200 -> {
				assertThat(answer.version()).as(answer::toString).isEqualTo(before + 1);
				assertThat(this.versions.add(reading + " " + answer.version())).as(answer::toString).isTrue();
				this.client.addCursor(answer);
				this.seen.put(reading, answer.version());
			}
			case 412 -> {
				assertThat(answer.version()).as(answer::toString).isGreaterThan(before);
				this.seen.put(reading, answer.version());
			}
			default -> answer.assertStatus(409);
		}
	}

	private void changeStatus(String reading, String command) throws IOException {
		ContractAnswer answer = this.client.command(this.readings + "/" + reading + "/" + command, Map.of(), Map.of());
		if (answer.status() == 200) {
			assertThat(answer.version()).as(answer::toString).isGreaterThanOrEqualTo(this.seen.get(reading));
			this.seen.put(reading, answer.version());
		}
		else {
			answer.assertStatus(409);
		}
	}

}
