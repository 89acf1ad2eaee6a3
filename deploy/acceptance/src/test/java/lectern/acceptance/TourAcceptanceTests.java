package lectern.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every command in the documents prints what the documents say. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class TourAcceptanceTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/tour.md", "docs/clients-backend.md" })
	void commandsPrintWhatDocumentSays(String document, LecternInstance lectern) throws Exception {
		List<ConsoleStep> steps = ConsoleStep.parse(Files.readAllLines(Modules.ROOT.resolve(document)));
		assertThat(steps).isNotEmpty();
		Files.createDirectory(this.folder.resolve("data"));
		Files.writeString(this.folder.resolve("data/admin-password"), lectern.adminPassword());
		try (ConsoleSession session = ConsoleSession.start(steps, this.folder,
				Map.of("localhost:8080", "localhost:" + lectern.port(), "localhost:9082",
						"localhost:" + lectern.managementPort("progress-service"), "./lectern admin",
						lectern.adminCommand()))) {
			session.assertOutputAsExpected();
		}
	}

}
