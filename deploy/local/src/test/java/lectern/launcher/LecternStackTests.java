package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Data folders that are rejected before any process starts. */
class LecternStackTests {

	@TempDir
	Path folder;

	private final List<String> consoleLines = new ArrayList<>();

	@Test
	void rejectsDataFolderOfOlderFormat() throws IOException {
		createDatabase("18");

		assertStartIsRejected(this.folder, "was written by an older Lectern");
	}

	@Test
	void rejectsClusterOfOtherMajorVersion() throws IOException {
		createDatabase("16");
		Files.writeString(this.folder.resolve("format"), DataFormat.CURRENT + "\n");

		assertStartIsRejected(this.folder, "was created by PostgreSQL 16");
	}

	@Test
	void rejectsUnwritableDataFolder() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));

		assertStartIsRejected(file.resolve("data"), "cannot be used");
	}

	private void createDatabase(String majorVersion) throws IOException {
		Path cluster = Files.createDirectories(this.folder.resolve("database"));
		Files.writeString(cluster.resolve("PG_VERSION"), majorVersion + "\n");
	}

	private void assertStartIsRejected(Path dataFolder, String reason) {
		LecternStack lectern = new LecternStack(new LauncherSettings(this.folder, dataFolder, FreePorts.find(),
				Optional.empty(), List.of(), LauncherSettings.DEFAULT_START_TIMEOUT, this.folder, LogFormat.TEXT, 7,
				this.folder.resolve("cache"), Optional.empty()), this.consoleLines::add);

		assertThatExceptionOfType(StartupException.class).isThrownBy(lectern::start).withMessageContaining(reason);
		assertThat(this.consoleLines).isEmpty();
		assertThat(OrphanReaper.findPostgres(dataFolder)).isEmpty();
		assertThat(dataFolder.resolve("secrets")).doesNotExist();
	}

}
