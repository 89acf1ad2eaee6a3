package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The clients of streams that npm distributes, at the versions of package-lock.json. */
final class NpmPackages {

	private static final Duration INSTALLATION_TIMEOUT = Duration.ofSeconds(180);

	private static final Pattern UNREACHABLE = Pattern
		.compile("npm (?:ERR!|error) code (?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)");

	private final Path folder;

	private NpmPackages(Path folder) {
		this.folder = folder;
	}

	/** Whether npm is on the path. */
	static boolean canBeInstalled() {
		try {
			Process npm = new ProcessBuilder("npm", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return npm.waitFor(INSTALLATION_TIMEOUT.toSeconds(), TimeUnit.SECONDS) && npm.exitValue() == 0;
		}
		catch (IOException _) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Install the packages into a folder. Their own scripts do not run. The test is
	 * skipped if the registry of npm cannot be reached: a build needs Maven Central
	 * alone.
	 */
	static NpmPackages install(Path folder) throws IOException, InterruptedException {
		for (String file : List.of("package.json", "package-lock.json", "stream.mjs")) {
			Files.copy(NpmPackages.class.getResourceAsStream("/npm/" + file), folder.resolve(file));
		}
		Path output = folder.resolve("npm.out");
		Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
			.directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			boolean ended = npm.waitFor(INSTALLATION_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
			String printed = Files.readString(output);
			assumeThat(UNREACHABLE.matcher(printed).find()).as("the registry of npm is not reachable").isFalse();
			assertThat(ended && npm.exitValue() == 0).as("npm ci: %s", printed).isTrue();
		}
		finally {
			npm.destroyForcibly();
		}
		return new NpmPackages(folder);
	}

	/** Return the script that subscribes in a Node.js process. */
	Path script() {
		return this.folder.resolve("stream.mjs");
	}

	/** Return the text of a file of a package. */
	String read(String file) throws IOException {
		return Files.readString(this.folder.resolve("node_modules").resolve(file));
	}

}
