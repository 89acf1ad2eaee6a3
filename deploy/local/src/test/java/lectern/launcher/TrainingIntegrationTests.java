package lectern.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * AOT caches of {@link FakeService fake services}, which real JVMs write and use. One
 * training is shared, and all starts have the same data folder, since it takes seconds to
 * create one.
 */
class TrainingIntegrationTests {

	private static final List<String> CONSOLE_LINES = new CopyOnWriteArrayList<>();

	private static final String JVM_OPTIONS = "-XX:TieredStopAtLevel=1";

	@TempDir
	static Path folder;

	private static Path root;

	private static Path data;

	private static Path trained;

	private Path cache;

	@BeforeAll
	static void train() throws Exception {
		root = folder.toRealPath().resolve("project");
		data = folder.toRealPath().resolve("data");
		trained = folder.toRealPath().resolve("trained");
		FakeProject.create(root);
		run(settings(trained, JVM_OPTIONS));
	}

	private static void run(LauncherSettings settings) throws Exception {
		Training training = new Training(settings, CONSOLE_LINES::add, (_, _) -> {
		});
		try {
			training.run();
		}
		finally {
			training.stop();
		}
	}

	private static LauncherSettings settings(Path cacheFolder, String javaOptions) {
		return LauncherSettings.fromEnvironment(Map.of("LECTERN_DATA", data.toString(), "LECTERN_CACHE",
				cacheFolder.toString(), "LECTERN_JAVA_OPTIONS", javaOptions), root);
	}

	@BeforeEach
	void copyCaches() throws IOException {
		this.cache = Files.createTempDirectory(folder.toRealPath(), "cache");
		for (Path file : caches(trained)) {
			Files.copy(file, this.cache.resolve(file.getFileName()));
		}
	}

	@Test
	void trainingLeavesOneCacheOfEachServiceAndNothingElse() throws IOException {
		assertThat(caches(trained)).hasSize(3).allSatisfy((file) -> assertThat(file).isNotEmptyFile());
		assertThat(trained.resolve("training")).doesNotExist();
		assertThat(OrphanReaper.findServices(trained.resolve("training/data"))).isEmpty();
		assertThat(CONSOLE_LINES).contains("Writing the cache of gateway ...");
	}

	/** Who starts Lectern may have no right to write into the folder. */
	@Test
	void startUsesCachesOfReadOnlyFolder() throws Exception {
		Files.setPosixFilePermissions(this.cache, PosixFilePermissions.fromString("r-x------"));
		try (RunningLauncher lectern = start(JVM_OPTIONS + " -Xlog:class+load").awaitReady()) {
			assertThat(lectern.outputLines()).noneMatch((line) -> line.contains("AOT cache"));
			assertThat(commandLines()).hasSize(3).allMatch((line) -> line.contains(" -XX:AOTCache=" + this.cache));
			assertThat(Files.readString(data.resolve("logs/gateway.log")))
				.contains("lectern.launcher.FakeService source: shared objects file");
		}
		finally {
			Files.setPosixFilePermissions(this.cache, PosixFilePermissions.fromString("rwx------"));
		}
	}

	@Test
	void damagedCachesAreIgnored() throws Exception {
		List<Path> files = caches(this.cache);
		truncate(files.get(0), Files.size(files.get(0)) / 2);
		truncate(files.get(1), 0);
		Files.write(files.get(2), new byte[100_000]);

		try (RunningLauncher lectern = start(JVM_OPTIONS).awaitReady()) {
			assertThat(commandLines()).hasSize(3).allMatch((line) -> line.contains(" -XX:AOTCache="));
			assertThat(lectern.outputLines()).noneMatch((line) -> line.contains("ended with exit code"));
		}
	}

	@Test
	void staleCachesAreNotUsedAndReplacedByTheNextTraining() throws Exception {
		String others = JVM_OPTIONS + " -Xmx200m";
		try (RunningLauncher lectern = start(others).awaitReady()) {
			assertThat(lectern.outputLines())
				.anyMatch((line) -> line.startsWith("The AOT cache of gateway fits another"))
				.filteredOn((line) -> line.contains("AOT cache"))
				.hasSize(3);
			assertThat(commandLines()).hasSize(3).noneMatch((line) -> line.contains("AOTCache"));
		}
		List<Path> before = caches(this.cache);

		run(settings(this.cache, others));

		assertThat(caches(this.cache)).hasSize(3).doesNotContainAnyElementsOf(before);
	}

	@Test
	void folderThatCannotBeUsedIsTold() throws IOException {
		Path file = Files.createFile(this.cache.resolve("file"));

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> run(settings(file.resolve("cache"), "")))
			.withMessageStartingWith("The training failed (")
			.withMessageContaining("LECTERN_CACHE");
	}

	@Test
	void ownOptionsForCachesAreLeftToTheUser() {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> run(settings(this.cache, "-XX:AOTMode=off")))
			.withMessageContaining("-XX:AOT");
	}

	@Test
	void secondTrainingAtTheSameTimeIsRefused() throws IOException {
		try (FileChannel channel = FileChannel.open(this.cache.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			channel.lock();

			assertThatExceptionOfType(StartupException.class).isThrownBy(() -> run(settings(this.cache, JVM_OPTIONS)))
				.withMessageStartingWith("Another lectern train uses the folder");
		}
		assertThat(caches(this.cache)).hasSize(3);
	}

	private RunningLauncher start(String javaOptions) throws IOException {
		return RunningLauncher.start(root, data, FreePorts.findGatewayPort(),
				Map.of("LECTERN_CACHE", this.cache.toString(), "LECTERN_JAVA_OPTIONS", javaOptions));
	}

	private static List<String> commandLines() {
		return OrphanReaper.findServices(data)
			.stream()
			.map((process) -> process.info().commandLine().orElse(""))
			.toList();
	}

	private static List<Path> caches(Path of) throws IOException {
		try (Stream<Path> files = Files.list(of)) {
			return files.filter((file) -> file.toString().endsWith(".aot")).sorted().toList();
		}
	}

	private static void truncate(Path file, long size) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.truncate(size);
		}
	}

}
