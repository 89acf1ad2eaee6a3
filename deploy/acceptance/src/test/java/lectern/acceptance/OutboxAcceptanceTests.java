package lectern.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import lectern.web.TestApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An app that was offline sends what its reader did with the scripts of
 * docs/clients-offline.md.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class OutboxAcceptanceTests {

	private static final String DOCUMENT = "docs/clients-offline.md";

	private static final int REPORTS = 500;

	private final String reading = UUID.randomUUID().toString();

	@TempDir
	private Path folder;

	@Test
	void everyCommandTakesEffectOnceOverConnectionsThatBreak(LecternInstance lectern) throws Exception {
		String handle = "outbox-" + this.reading.substring(0, 8);
		LecternInstance.AuthenticatedClient reader = lectern.registerReader(handle);
		String commands = commands();
		Path outbox = Files.writeString(this.folder.resolve("outbox.json"), commands);
		DocumentedFile.extract(DOCUMENT, "outbox.mjs", this.folder);
		Path script = DocumentedFile.extract(DOCUMENT, "send-outbox.mjs", this.folder);
		JsonNode shown;
		try (CuttingProxy proxy = new CuttingProxy(lectern.port())) {
			proxy.cutRequestAfter(commands.length() / 2);
			proxy.loseResponse();
			try (RunningProgram app = RunningProgram.start(List.of(PlaywrightDriver.nodeExecutable().toString(),
					script.toString(), proxy.url(), handle, reader.token(), outbox.toString()))) {
				assertThat(app.nextLine()).as("the only command that is refused").startsWith("start: There is no book");
				shown = JsonTrees.parse(app.nextLine()).path("items");
			}
			assertThat(proxy.connectionCount()).isGreaterThanOrEqualTo(3);
		}
		assertThat(shown).hasSize(1);
		assertThat(shown.path(0).path("id").asString()).isEqualTo(this.reading);
		assertThat(shown.path(0).path("status").asString()).isEqualTo("finished");
		assertThat(shown.path(0).path("version").asInt()).as("events").isEqualTo(REPORTS + 2);
		assertThat(JsonTrees.parse(Files.readString(outbox))).isEmpty();
		assertThat(TestApiClient.of(lectern.url() + "/api/v1/readers/" + handle)
			.withToken(reader.token())
			.get("/readings/" + this.reading)
			.json()).isEqualTo(shown.path(0));
	}

	/** One command is refused: the others do not depend on it. */
	private String commands() {
		List<String> commands = new ArrayList<>();
		commands.add(command(0, "\"type\":\"start\",\"book\":\"fluent-python\",\"id\":\"" + this.reading + "\""));
		for (int number = 1; number <= REPORTS; number++) {
			commands.add(command(number,
					"\"type\":\"report\",\"reading\":\"%s\",\"fraction\":%s".formatted(this.reading, number / 1000.0)));
		}
		commands.add(command(REPORTS + 1, "\"type\":\"start\",\"book\":\"no-such-book\""));
		commands.add(command(REPORTS + 2, "\"type\":\"finish\",\"reading\":\"" + this.reading + "\""));
		return "[" + String.join(",", commands) + "]";
	}

	private String command(int number, String members) {
		return "{\"key\":\"%s-%d\",%s}".formatted(this.reading, number, members);
	}

}
