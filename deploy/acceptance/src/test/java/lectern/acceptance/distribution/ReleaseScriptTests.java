package lectern.acceptance.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import lectern.acceptance.Modules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The script that makes a version and its tag, in a small repository. */
class ReleaseScriptTests {

	private static final String POM = """
			<project>
			  <artifactId>lectern</artifactId>
			  <version>%s</version>
			  <project.build.outputTimestamp>2020-01-01T00:00:00Z</project.build.outputTimestamp>
			  <dependency><version>1.2.3</version></dependency>
			</project>
			""";

	private static final String CHART = "deploy/kubernetes/chart/Chart.yaml";

	private static final String KUSTOMIZATION = "deploy/kubernetes/base/kustomization.yaml";

	@TempDir
	private Path repository;

	@BeforeEach
	void createRepository() throws Exception {
		assertThat(run("git", "init", "-q")).isEmpty();
		Files.writeString(this.repository.resolve("pom.xml"), POM.formatted("1.2.3-SNAPSHOT"));
		Files.writeString(Files.createDirectory(this.repository.resolve("module")).resolve("pom.xml"),
				"<parent><version>1.2.3-SNAPSHOT</version></parent>\n");
		Files.createDirectories(this.repository.resolve(CHART).getParent());
		Files.writeString(this.repository.resolve(CHART), "version: 1.2.3-SNAPSHOT\nappVersion: 1.2.3-SNAPSHOT\n");
		Files.createDirectories(this.repository.resolve(KUSTOMIZATION).getParent());
		Files.writeString(this.repository.resolve(KUSTOMIZATION),
				"images:\n  - name: gateway\n    newTag: 1.2.3-SNAPSHOT\n");
		Files.writeString(this.repository.resolve("CHANGELOG.md"),
				"# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something.\n");
		commit();
	}

	@Test
	void releaseIsACommitWithATagAndMainGoesOn() throws Exception {
		assertThat(release("1.2.3", "1.3.0")).first()
			.isEqualTo("Released 1.2.3 as the tag v1.2.3; main is 1.3.0-SNAPSHOT.");

		assertThat(run("git", "log", "--format=%s")).startsWith("Begin 1.3.0", "Release 1.2.3");
		assertThat(run("git", "describe", "HEAD~1")).containsExactly("v1.2.3");
		assertThat(run("git", "show", "v1.2.3:pom.xml")).contains("  <version>1.2.3</version>")
			.noneMatch((line) -> line.contains("2020-01-01"));
		assertThat(run("git", "show", "v1.2.3:module/pom.xml"))
			.containsExactly("<parent><version>1.2.3</version></parent>");
		assertThat(run("git", "show", "v1.2.3:CHANGELOG.md")).element(4).asString().startsWith("## [1.2.3] - 20");
		assertThat(run("git", "show", "HEAD:pom.xml")).contains("  <version>1.3.0-SNAPSHOT</version>")
			.as("a library of the same version keeps it")
			.contains("  <dependency><version>1.2.3</version></dependency>");
		assertThat(run("git", "show", "HEAD:module/pom.xml"))
			.containsExactly("<parent><version>1.3.0-SNAPSHOT</version></parent>");
		assertThat(run("git", "status", "--porcelain")).isEmpty();
	}

	@Test
	void manifestsNameTheReleasedImages() throws Exception {
		release("1.2.3", "1.3.0");

		assertThat(run("git", "show", "v1.2.3:" + CHART)).containsExactly("version: 1.2.3", "appVersion: 1.2.3");
		assertThat(run("git", "show", "v1.2.3:" + KUSTOMIZATION)).contains("    newTag: 1.2.3");
		assertThat(run("git", "show", "HEAD:" + CHART)).containsExactly("version: 1.3.0-SNAPSHOT",
				"appVersion: 1.3.0-SNAPSHOT");
		assertThat(run("git", "show", "HEAD:" + KUSTOMIZATION)).contains("    newTag: 1.3.0-SNAPSHOT");
	}

	@Test
	void nothingIsReleasedTwice() throws Exception {
		release("1.2.3", "1.3.0");

		assertThat(release("1.2.3", "1.4.0")).containsExactly("The tag v1.2.3 exists: choose another version.");
	}

	@Test
	void changesMustBeCommitted() throws Exception {
		Files.writeString(this.repository.resolve("new"), "");

		assertThat(release("1.2.3", "1.3.0"))
			.containsExactly("There are changes that are not committed: commit or remove them.");
		assertThat(run("git", "tag")).isEmpty();
	}

	@Test
	void changesMustBeListed() throws Exception {
		Files.writeString(this.repository.resolve("CHANGELOG.md"), "# Changelog\n");
		commit();

		assertThat(release("1.2.3", "1.3.0")).singleElement().asString().startsWith("CHANGELOG.md has no section");
	}

	@Test
	void versionIsThreeNumbers() throws Exception {
		assertThat(release("1.2.3-beta", "1.3.0")).first().asString().startsWith("usage:");
		assertThat(run("git", "tag")).isEmpty();
	}

	private List<String> release(String version, String next) throws IOException, InterruptedException {
		return run(Modules.ROOT.resolve("deploy/distribution/release").toString(), version, next);
	}

	private void commit() throws IOException, InterruptedException {
		run("git", "add", "-A");
		run("git", "commit", "-q", "-m", "Something");
	}

	/** Run a program in the repository and return what it prints. */
	private List<String> run(String... arguments) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(arguments).directory(this.repository.toFile());
		for (String role : List.of("AUTHOR", "COMMITTER")) {
			builder.environment().put("GIT_" + role + "_NAME", "Somebody");
			builder.environment().put("GIT_" + role + "_EMAIL", "somebody@example.org");
		}
		// Neither the settings nor the repository of whoever runs the tests.
		builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
		builder.environment().keySet().removeAll(List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"));
		try (StartedCommand command = StartedCommand.start(builder)) {
			command.awaitExitCode();
			return command.lines();
		}
	}

}
