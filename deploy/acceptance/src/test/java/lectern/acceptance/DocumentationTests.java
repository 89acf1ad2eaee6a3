package lectern.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Everything that the documents refer to exists. */
class DocumentationTests {

	private static final Path ARCHITECTURE = Modules.ROOT.resolve("docs/architecture.md");

	private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

	/** A class in a code span, with the end of its package as a path. */
	private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)`");

	private static final Pattern TABLE = Pattern.compile("`([a-z]+(?:_[a-z]+)*)`");

	@Test
	void linkedFilesExist() {
		List<Path> documents = documents();
		assertThat(documents).hasSizeGreaterThan(20);
		for (Path document : documents) {
			assertThat(find(LINK, read(document)).filter((target) -> !target.contains("://")))
				.as("links of %s", document)
				.allSatisfy((target) -> assertThat(document.resolveSibling(target)).exists());
		}
	}

	@Test
	void classesNamedInArchitectureExist() {
		List<String> sources = mainFiles(".java").stream().map(Path::toString).toList();
		List<String> named = find(CLASS, read(ARCHITECTURE)).toList();
		assertThat(named).hasSizeGreaterThan(30)
			.allSatisfy((name) -> assertThat(sources).anyMatch((source) -> source.endsWith("/" + name + ".java")));
	}

	@Test
	void tablesNamedInArchitectureExist() {
		String migrations = mainFiles(".sql").stream().map(DocumentationTests::read).collect(Collectors.joining());
		String rows = read(ARCHITECTURE).lines()
			.dropWhile((line) -> !line.equals("## Data"))
			.takeWhile((line) -> !line.equals("## Threads"))
			.filter((line) -> line.startsWith("| `"))
			.collect(Collectors.joining("\n"));
		List<String> named = find(TABLE, rows).toList();
		assertThat(named).hasSizeGreaterThan(20)
			.allSatisfy((name) -> assertThat(migrations).contains("create table " + name + " ("));
	}

	private static Stream<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((match) -> match.group(1));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> documents() {
		return Stream.concat(files(Modules.ROOT, 1, ".md"), files(Modules.ROOT.resolve("docs"), 2, ".md")).toList();
	}

	/** Files of the main code and resources of all modules. */
	private static List<Path> mainFiles(String ending) {
		return Modules.ALL.stream()
			.map((module) -> Modules.ROOT.resolve(module).resolve("src/main"))
			.filter(Files::isDirectory)
			.flatMap((folder) -> files(folder, Integer.MAX_VALUE, ending))
			.toList();
	}

	private static Stream<Path> files(Path folder, int depth, String ending) {
		try (Stream<Path> files = Files.walk(folder, depth)) {
			return files.filter((file) -> file.toString().endsWith(ending)).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
