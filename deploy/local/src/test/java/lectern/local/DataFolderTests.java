package lectern.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataFolderTests {

	@TempDir
	Path folder;

	@Test
	void isMadeForItsOwnerAlone() throws IOException {
		try (DataFolder data = DataFolder.open(this.folder.resolve("a/b"), 0)) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
				.isEqualTo("rwx------");
			assertThat(data.logs()).isDirectory();
			assertThat(data.run()).isDirectory();
		}
	}

	@Test
	void refusesASecondOne() throws IOException {
		try (DataFolder first = DataFolder.open(this.folder, 0)) {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> DataFolder.open(first.path(), 0))
				.withMessageContaining("already runs on the data folder " + first.path());
		}
	}

	@Test
	void canBeHeldAgainOnceLetGo() throws IOException {
		DataFolder.open(this.folder, 0).close();

		DataFolder.open(this.folder, 0).close();
	}

	@Test
	void refusesAFullDisk() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> DataFolder.open(this.folder, Long.MAX_VALUE))
			.withMessageContaining("MB free")
			.withMessageContaining("free some space");
	}

	@Test
	void refusesAFolderThatCannotBeWritten() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> DataFolder.open(file.resolve("data"), 0))
			.withMessageContaining("cannot be used")
			.withMessageContaining("set LECTERN_DATA");
	}

	@Test
	void refusesADatabaseOfAnotherVersion() throws IOException {
		Files.writeString(this.folder.resolve("PG_VERSION"), "17\n");

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> PostgresCluster.refuseOtherVersion(this.folder, "18"))
			.withMessageContaining("was made by PostgreSQL 17")
			.withMessageContaining("brings PostgreSQL 18");
	}

	@Test
	void takesADatabaseOfItsOwnVersionOrNone() throws IOException {
		PostgresCluster.refuseOtherVersion(this.folder, "18");
		Files.writeString(this.folder.resolve("PG_VERSION"), "18\n");
		PostgresCluster.refuseOtherVersion(this.folder, "18");
	}

}
