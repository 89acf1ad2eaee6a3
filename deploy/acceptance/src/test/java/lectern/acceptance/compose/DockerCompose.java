package lectern.acceptance.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import lectern.bench.machine.Machine;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The part of docker-compose that needs no engine. */
final class DockerCompose {

	private static final boolean INSTALLED = !Machine.firstOutputLine("docker-compose", "version").isEmpty();

	private DockerCompose() {
	}

	static boolean isInstalled() {
		return INSTALLED;
	}

	/**
	 * Check a compose file.
	 * @return what is wrong with it; empty if it is accepted
	 */
	static String faults(JsonNode content) {
		try {
			// Each document of JSON is one of YAML. Relative names are those of the
			// folder.
			Path file = Files.createTempFile(ComposeFile.FOLDER, "test", ".yaml");
			Path output = Files.createTempFile("docker-compose", ".out");
			Files.writeString(file, content.toString());
			ProcessBuilder command = new ProcessBuilder("docker-compose", "--file", file.toString(), "config",
					"--quiet")
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			command.environment().put("LECTERN_VERSION", "1.0.0");
			Process process = command.start();
			try {
				assertThat(process.waitFor(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
				return (process.exitValue() == 0) ? "" : Files.readString(output);
			}
			finally {
				process.destroyForcibly();
				Files.delete(file);
				Files.delete(output);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
