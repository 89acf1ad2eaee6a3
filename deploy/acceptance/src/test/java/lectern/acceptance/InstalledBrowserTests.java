package lectern.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InstalledBrowserTests {

	@TempDir
	Path folder;

	@Test
	void findsBrowserInAnyPathFolder() throws IOException {
		Path chrome = createExecutable("bin/google-chrome");

		assertThat(InstalledBrowser.find(path("nothing", "bin"), List.of())).contains(chrome);
	}

	@Test
	void prefersChromiumOverOtherBrowsers() throws IOException {
		createExecutable("first/google-chrome");
		Path chromium = createExecutable("second/chromium");

		assertThat(InstalledBrowser.find(path("first", "second"), List.of())).contains(chromium);
	}

	@Test
	void findsApplicationOutsidePath() throws IOException {
		Path application = createExecutable("Applications/Chromium");

		assertThat(InstalledBrowser.find(path("nothing"), List.of(application))).contains(application);
	}

	@Test
	void ignoresFileThatIsNotExecutable() throws IOException {
		Files.createFile(this.folder.resolve("chromium"));

		assertThat(InstalledBrowser.find(path(""), List.of())).isEmpty();
	}

	private Path createExecutable(String name) throws IOException {
		Path program = this.folder.resolve(name);
		Files.createDirectories(program.getParent());
		Files.createFile(program);
		assertThat(program.toFile().setExecutable(true)).isTrue();
		return program;
	}

	private String path(String... folders) {
		return String.join(File.pathSeparator,
				List.of(folders).stream().map((each) -> this.folder.resolve(each).toString()).toList());
	}

}
