package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DataPlaceTests {

	@TempDir
	private Path folder;

	private Path data;

	@BeforeEach
	void createDataFolder() throws IOException {
		this.data = this.folder.resolve("data");
		Files.createDirectories(this.data.resolve(DataFolder.CLUSTER_FOLDER));
	}

	@Test
	void placeIsNewUntilItIsRecorded() throws IOException {
		assertThat(new DataPlace(this.data).isNew()).isTrue();

		new DataPlace(this.data).record();

		assertThat(new DataPlace(this.data).isNew()).isFalse();
	}

	@Test
	void renamedFolderIsSamePlace() throws IOException {
		new DataPlace(this.data).record();

		Path renamed = Files.move(this.data, this.folder.resolve("renamed"));

		assertThat(new DataPlace(renamed).isNew()).isFalse();
	}

	@Test
	void copiedFolderIsAnotherPlace() throws IOException {
		new DataPlace(this.data).record();
		Path copy = Files.createDirectory(this.folder.resolve("copy"));
		Files.createDirectory(copy.resolve(DataFolder.CLUSTER_FOLDER));
		Files.copy(this.data.resolve("place"), copy.resolve("place"));

		assertThat(new DataPlace(copy).isNew()).isTrue();
		assertThat(new DataPlace(this.data).isNew()).isFalse();
	}

}
