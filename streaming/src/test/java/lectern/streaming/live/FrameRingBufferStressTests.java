package lectern.streaming.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.Main;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@link FrameRingBufferStress} in a JVM of its own: for seconds in every build, for
 * minutes and in all compilation modes with {@code mvn -Pproof}.
 */
class FrameRingBufferStressTests {

	private static final Path OUTPUT_DIRECTORY = Path.of("target", "jcstress").toAbsolutePath();

	/** One compilation mode, some hundred thousand iterations per second. */
	private static final List<String> QUICK_OPTIONS = List.of("-m", "quick", "-f", "1", "-iters", "2", "-time", "1000",
			"-sc", "false", "-jvmArgs", "-XX:+UseSerialGC");

	/**
	 * Each actor interpreted or compiled by C1 or C2, also with random reordering by C2.
	 */
	private static final List<String> PROOF_OPTIONS = List.of("-m", "quick", "-iters", "5", "-time", "1000");

	@Test
	void concurrentReadsSeeOnlyAllowedResults() throws IOException, InterruptedException {
		Files.createDirectories(OUTPUT_DIRECTORY);
		Path output = OUTPUT_DIRECTORY.resolve("output.txt");
		List<String> command = new ArrayList<>();
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Main.class.getName()));
		command.addAll(List.of("-t", FrameRingBufferStress.class.getSimpleName(), "-r",
				OUTPUT_DIRECTORY.resolve("report").toString()));
		command.addAll(Boolean.getBoolean("lectern.proof") ? PROOF_OPTIONS : QUICK_OPTIONS);
		Process stress = new ProcessBuilder(command).directory(OUTPUT_DIRECTORY.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(stress.waitFor(30, TimeUnit.MINUTES)).as("jcstress has ended").isTrue();
		}
		finally {
			stress.descendants().forEach(ProcessHandle::destroyForcibly);
			stress.destroyForcibly();
		}
		assertThat(Files.readString(output)).as("output of jcstress")
			.containsPattern("Results: ([1-9][0-9]*) planned; \\1 passed, 0 failed, 0 soft errs, 0 hard errs");
		assertThat(stress.exitValue()).isZero();
	}

}
