package lectern.acceptance.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import lectern.bench.machine.Machine;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The part of kubectl that needs no cluster. */
final class Kubectl {

	/** The major version of Kustomize that it contains since kubectl 1.27. */
	private static final int KUSTOMIZE = 5;

	private static final boolean INSTALLED = lookUp();

	private Kubectl() {
	}

	/** Whether there is one that is new enough. */
	static boolean isInstalled() {
		return INSTALLED;
	}

	private static boolean lookUp() {
		if (Machine.firstOutputLine("kubectl", "version", "--client").isEmpty()) {
			return false;
		}
		return run(List.of("kubectl", "version", "--client")).lines()
			.filter((line) -> line.startsWith("Kustomize Version: v"))
			.anyMatch((line) -> Integer.parseInt(line.split("v")[1].split("\\.")[0]) >= KUSTOMIZE);
	}

	/** Render a folder of the manifests. */
	static Manifests kustomize(String folder) {
		return Manifests.parse(run(List.of("kubectl", "kustomize", Rendering.FOLDER.resolve(folder).toString())));
	}

	private static String run(List<String> command) {
		try {
			Path output = Files.createTempFile("kubectl", ".out");
			Path errors = Files.createTempFile("kubectl", ".err");
			Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
				.redirectError(errors.toFile())
				.start();
			try {
				assertThat(process.waitFor(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
				assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
				return Files.readString(output);
			}
			finally {
				process.destroyForcibly();
				Files.delete(output);
				Files.delete(errors);
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
