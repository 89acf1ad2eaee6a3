package lectern.acceptance;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lectern.launcher.FreePorts;
import lectern.launcher.RunningLauncher;
import lectern.launcher.TrainCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * AOT caches of the real services. A training takes minutes, so this is a proof;
 * {@code TrainingIntegrationTests} are about the same with small services.
 */
@EnabledIfSystemProperty(named = "lectern.proof", matches = "true")
@Timeout(1800)
class StartupCacheAcceptanceTests {

	private static final Duration TRAINING_LIMIT = Duration.ofMinutes(20);

	private static final String LOG_OPTION = "-Xlog:class+load:stdout:none";

	@TempDir
	private Path folder;

	@Test
	void trainedCachesAreUsedAndStaleOrDamagedOnesAreIgnored() throws Exception {
		Path cache = this.folder.toRealPath().resolve("cache");
		train(cache);
		assertThat(caches(cache)).hasSize(3);

		start(cache, "-Xlog:class+load", (lectern) -> {
			assertThat(lectern.outputLines()).noneMatch((line) -> line.contains("AOT cache"));
			for (String service : Modules.SERVICES) {
				List<String> loaded = classes(service, "org.springframework.");
				long cached = loaded.stream().filter((line) -> line.contains("shared objects file")).count();
				TestScale.report("%s loaded %d of %d classes of Spring from the cache", service, cached, loaded.size());
				assertThat(cached).isGreaterThan(loaded.size() * 3 / 4);
			}
		});
		start(cache, "-Xmx300m", (lectern) -> assertThat(lectern.outputLines())
			.anyMatch((line) -> line.startsWith("The AOT cache of gateway fits another Java, other options")));
		for (Path file : caches(cache)) {
			try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
				channel.truncate(Files.size(file) / 2);
			}
		}
		start(cache, LOG_OPTION, (lectern) -> assertThat(lectern.outputLines())
			.noneMatch((line) -> line.contains("ended with exit code")));
	}

	private void train(Path cache) throws IOException, InterruptedException {
		Path output = this.folder.resolve("output");
		ProcessBuilder command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), TrainCommand.class.getName(), Modules.ROOT.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		command.environment().put("LECTERN_CACHE", cache.toString());
		Process training = command.start();
		assertThat(training.waitFor(TRAINING_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(training.exitValue()).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
	}

	/** Start Lectern, and look at it when it is ready. */
	private void start(Path cache, String javaOptions, Check check) throws Exception {
		try (RunningLauncher lectern = RunningLauncher.start(Modules.ROOT, this.folder.resolve("data"),
				FreePorts.findGatewayPort(),
				Map.of("LECTERN_CACHE", cache.toString(), "LECTERN_JAVA_OPTIONS", javaOptions))) {
			check.accept(lectern.awaitReady());
		}
	}

	private List<String> classes(String service, String prefix) throws IOException {
		try (Stream<String> lines = Files.lines(this.folder.resolve("data/logs").resolve(service + ".log"))) {
			return lines.filter((line) -> line.contains("[class,load] " + prefix)).toList();
		}
	}

	private static List<Path> caches(Path of) throws IOException {
		try (Stream<Path> files = Files.list(of)) {
			return files.filter((file) -> file.toString().endsWith(".aot")).toList();
		}
	}

	/** What is looked at. */
	@FunctionalInterface
	private interface Check {

		void accept(RunningLauncher lectern) throws Exception;

	}

}
