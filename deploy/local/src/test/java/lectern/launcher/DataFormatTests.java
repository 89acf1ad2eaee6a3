package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataFormatTests {

	@TempDir
	Path folder;

	@Test
	void newFolderIsMarkedWithCurrentFormat() throws IOException {
		DataFormat.markOrVerify(this.folder);

		assertThat(this.folder.resolve("format")).hasContent(DataFormat.CURRENT + "\n");
	}

	@Test
	void acceptsFolderOfCurrentFormat() throws IOException {
		DataFormat.markOrVerify(this.folder);
		createDatabase();

		DataFormat.markOrVerify(this.folder);
	}

	@Test
	void rejectsDatabaseWithoutMark() throws IOException {
		createDatabase();

		assertRejected("was written by an older Lectern (data format 1)", "export the catalog with the old version");
		assertThat(this.folder.resolve("format")).doesNotExist();
	}

	@Test
	void rejectsOlderFormat() throws IOException {
		createDatabase();
		writeMark(DataFormat.CURRENT - 1 + "\n");

		assertRejected("was written by an older Lectern", "move the folder away");
	}

	@Test
	void rejectsNewerFormat() throws IOException {
		createDatabase();
		writeMark(DataFormat.CURRENT + 1 + "\n");

		assertRejected("was written by a newer Lectern (data format " + (DataFormat.CURRENT + 1) + ")",
				"start the newer version");
	}

	@Test
	void rejectsMarkThatIsNotANumber() throws IOException {
		createDatabase();
		writeMark("");

		assertRejected("contains no format number", "set LECTERN_DATA");
	}

	private void createDatabase() throws IOException {
		Files.createDirectory(this.folder.resolve("database"));
	}

	private void writeMark(String content) throws IOException {
		Files.writeString(this.folder.resolve("format"), content);
	}

	private void assertRejected(String reason, String advice) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DataFormat.markOrVerify(this.folder))
			.withMessageContaining(reason)
			.withMessageContaining(advice);
	}

}
