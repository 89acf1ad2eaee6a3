package lectern.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ProgramLogFileTests {

	@TempDir
	private Path folder;

	private Path file;

	private ProgramLogFile log;

	@BeforeEach
	void create() throws IOException {
		this.file = this.folder.resolve("a.log");
		this.log = new ProgramLogFile(this.file, 20);
		this.log.rotate();
	}

	@Test
	void sizeOfLongRunIsLimited() throws IOException {
		try (OutputStream program = Files.newOutputStream(this.file, StandardOpenOption.APPEND)) {
			program.write("the first part of a run\n".getBytes(UTF_8));
			this.log.limitSize();
			program.write("the rest\n".getBytes(UTF_8));
			this.log.limitSize();
		}
		assertThat(this.file).hasContent("the rest\n");
		assertThat(this.folder.resolve("a.log.1")).hasContent("the first part of a run\n");
		assertThat(Files.getPosixFilePermissions(this.folder.resolve("a.log.1"))).hasSize(2);
	}

	@Test
	void clearedLogIsWrittenOn() throws IOException {
		Files.writeString(this.file, "a run\n");
		this.log.rotate();
		try (OutputStream program = Files.newOutputStream(this.file, StandardOpenOption.APPEND)) {
			program.write("before\n".getBytes(UTF_8));
			this.log.clear();
			program.write("after\n".getBytes(UTF_8));
		}
		assertThat(this.file).hasContent("after\n");
		assertThat(this.folder.resolve("a.log.1")).doesNotExist();
	}

	@Test
	void previousRunIsKept() throws IOException {
		Files.writeString(this.file, "a run\n");
		this.log.rotate();
		assertThat(this.file).isEmptyFile();
		assertThat(this.folder.resolve("a.log.1")).hasContent("a run\n");
	}

}
