package lectern.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the documents refer to exists. */
class DocumentationTests {

	private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

	/** A class in a code span, with the end of its package as a path. */
	private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)`");

	@Test
	void linkedFilesExist() throws IOException {
		List<Path> documents = files("", ".md");
		assertThat(documents).hasSizeGreaterThan(20);
		for (Path document : documents) {
			assertThat(find(LINK, document).filter((target) -> !target.contains("://"))).as("links of %s", document)
				.allSatisfy((target) -> assertThat(document.resolveSibling(target)).exists());
		}
	}

	@Test
	void classesNamedInArchitectureExist() throws IOException {
		List<String> sources = files("src/main/java", ".java").stream().map(Path::toString).toList();
		List<String> named = find(CLASS, Modules.ROOT.resolve("docs/architecture.md")).toList();
		assertThat(named).hasSizeGreaterThan(30)
			.allSatisfy((name) -> assertThat(sources).anyMatch((source) -> source.endsWith("/" + name + ".java")));
	}

	private static Stream<String> find(Pattern pattern, Path document) throws IOException {
		return pattern.matcher(Files.readString(document)).results().map((MatchResult match) -> match.group(1));
	}

	/** Files of the project, but for what the build makes and what is hidden. */
	private static List<Path> files(String part, String ending) {
		try (Stream<Path> files = Files.walk(Modules.ROOT)) {
			return files.filter((file) -> file.toString().endsWith(ending))
				.filter((file) -> file.toString().contains(part))
				.filter((file) -> Stream.of("/target/", "/.git/", "/node_modules/", "/data/")
					.noneMatch(file.toString()::contains))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
