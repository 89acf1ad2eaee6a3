package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataFolderTests {

	@TempDir
	Path folder;

	@Test
	void createsFolderWithOwnerOnlyPermissions() throws IOException {
		try (DataFolder data = DataFolder.open(this.folder.resolve("a/b"), 0)) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
				.isEqualTo("rwx------");
			assertThat(data.logFolder()).isDirectory();
			assertThat(data.pidFolder()).isDirectory();
		}
	}

	@Test
	void warnsIfOthersHaveAccess() throws IOException {
		List<String> consoleLines = new ArrayList<>();
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxrwxrwx"));
		try (DataFolder data = DataFolder.open(this.folder, 0)) {
			data.warnIfOpenToOthers(consoleLines::add);
			assertThat(consoleLines).singleElement()
				.isEqualTo("Warning: other users have access to the data folder " + data.path()
						+ " (rwxrwxrwx), which contains passwords: run chmod 700 on it.");
		}
	}

	@Test
	void doesNotWarnAboutOwnersFolder() throws IOException {
		List<String> consoleLines = new ArrayList<>();
		try (DataFolder data = DataFolder.open(this.folder.resolve("private"), 0)) {
			data.warnIfOpenToOthers(consoleLines::add);
		}
		assertThat(consoleLines).isEmpty();
	}

	@Test
	void rejectsFolderLockedByAnotherLauncher() throws IOException {
		try (DataFolder first = DataFolder.open(this.folder, 0)) {
			assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DataFolder.open(first.path(), 0))
				.withMessageContaining("already runs on the data folder " + first.path());
		}
	}

	@Test
	void closedFolderCanBeOpenedAgain() throws IOException {
		DataFolder.open(this.folder, 0).close();

		DataFolder.open(this.folder, 0).close();
	}

	@Test
	void rejectedFolderIsUnlocked() throws IOException {
		Files.createDirectory(this.folder.resolve("database"));
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DataFolder.open(this.folder, 0))
			.withMessageContaining("older Lectern");
		Files.delete(this.folder.resolve("database"));

		DataFolder.open(this.folder, 0).close();
	}

	@Test
	void rejectsDiskWithTooLittleFreeSpace() {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DataFolder.open(this.folder, Long.MAX_VALUE))
			.withMessageContaining("MB free")
			.withMessageContaining("free some space");
	}

	@Test
	void rejectsUnwritableFolder() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DataFolder.open(file.resolve("data"), 0))
			.withMessageContaining("cannot be used")
			.withMessageContaining("set LECTERN_DATA");
	}

	@Test
	void rejectsClusterOfOtherMajorVersion() throws IOException {
		Files.writeString(this.folder.resolve("PG_VERSION"), "17\n");

		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> PostgresCluster.requireVersion(this.folder, "18"))
			.withMessageContaining("was created by PostgreSQL 17")
			.withMessageContaining("contains PostgreSQL 18");
	}

	@Test
	void acceptsMissingClusterOrSameMajorVersion() throws IOException {
		PostgresCluster.requireVersion(this.folder, "18");
		Files.writeString(this.folder.resolve("PG_VERSION"), "18\n");
		PostgresCluster.requireVersion(this.folder, "18");
	}

}
