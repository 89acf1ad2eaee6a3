package lectern.acceptance.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lectern.web.setting.StartFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What is wrong with a machine, an archive or a file of settings is told in one sentence,
 * before anything starts.
 */
@Timeout(300)
class DistributionRefusalAcceptanceTests {

	/** The exit code if a later start may succeed without a change. */
	private static final int MAY_PASS = 1;

	@TempDir
	private static Path folder;

	@TempDir
	private Path empty;

	private static UnpackedDistribution lectern;

	@BeforeAll
	static void unpack() throws Exception {
		lectern = UnpackedDistribution.unpack(folder);
	}

	@Test
	void olderJavaOnThePathIsNamed() throws Exception {
		assumeThat(canMount()).as("file systems can be mounted, here to hide other versions of Java").isTrue();
		Path old = Files.createDirectory(this.empty.resolve("jdk-17"));
		Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
		Path java = Files.createDirectory(old.resolve("bin")).resolve("java");
		Files.writeString(java, "#!/bin/sh\necho '    java.home = " + old + "' >&2\n");
		Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));

		assertRefusal(withMount("none", "/usr/lib/jvm"),
				Map.of("JAVA_HOME", "", "PATH", java.getParent() + ":" + lectern.tools()),
				"No Java 25 or newer was found (only version 17): install one");
	}

	@Test
	void readOnlyDataFolderIsNamed() throws Exception {
		assumeThat(canMount()).as("file systems can be mounted, since root may write everywhere else").isTrue();
		Path data = Files.createDirectory(this.empty.resolve("data")).toRealPath();

		assertRefusal(lectern, withMount("-o ro none", data.toString()), Map.of("LECTERN_DATA", data.toString()), "up",
				MAY_PASS, "The data folder " + data + " cannot be used (");
	}

	@Test
	void fileInPlaceOfTheDataFolderIsNamed() throws Exception {
		Path data = Files.createFile(this.empty.resolve("data"));

		assertRefusal(lectern, List.of(), Map.of("LECTERN_DATA", data.toString()), "up", MAY_PASS,
				"The data folder " + data + " cannot be used (");
	}

	@Test
	void archiveWithoutLibrariesIsRefused() throws Exception {
		copyProgram(this.empty);

		assertRefusal(lectern.withHome(this.empty), List.of(), Map.of(), "up", StartFault.EXIT_CODE,
				"Lectern is not complete, since " + this.empty
						+ "/lib has no lectern-local: unpack its archive again.");
	}

	@Test
	void archiveWithoutOneLibraryIsRefusedBeforeAnythingStarts() throws Exception {
		copyProgram(this.empty);
		Path lib = Files.createDirectory(this.empty.resolve("lib"));
		try (Stream<Path> jars = Files.list(lectern.home().resolve("lib"))) {
			for (Path jar : jars.filter((file) -> !file.getFileName().toString().startsWith("reactor-core-"))
				.toList()) {
				Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
			}
		}

		assertRefusal(lectern.withHome(this.empty), List.of(), Map.of(), "up", StartFault.EXIT_CODE,
				"The library reactor-core-");
		assertThat(this.empty.resolve("data/database")).doesNotExist();
	}

	@Test
	void missingFolderOfSettingsIsNamed() throws Exception {
		Path missing = this.empty.resolve("missing");

		assertRefusal(List.of(), Map.of("LECTERN_CONF", missing.toString()),
				"The folder " + missing + ", which LECTERN_CONF names, does not exist");
	}

	@Test
	void lineThatIsNoSettingIsNamed() throws Exception {
		Files.writeString(this.empty.resolve("lectern.conf"), "# A comment\nLECTERN_PORT 8080\n");

		assertRefusal(List.of(), Map.of("LECTERN_CONF", this.empty.toString()),
				"Line 2 of " + this.empty + "/lectern.conf is no setting: write NAME=value");
	}

	@Test
	void lastLineOfTheFileCountsAndEnvironmentOverridesIt() throws Exception {
		Files.writeString(this.empty.resolve("lectern.conf"), "LECTERN_PORT=90000\nLECTERN_PORT=70000\n");

		assertRefusal(List.of(), Map.of("LECTERN_CONF", this.empty.toString()), "LECTERN_PORT is 70000");
		assertRefusal(List.of(), Map.of("LECTERN_CONF", this.empty.toString(), "LECTERN_PORT", "80000"),
				"LECTERN_PORT is 80000");
	}

	@Test
	void settingOfTheLauncherIsNamedForOneService() throws Exception {
		assertRefusal(lectern, List.of(), Map.of("LECTERN_LOG_FORMAT", "xml"), "gateway", StartFault.EXIT_CODE,
				"LECTERN_LOG_FORMAT is \"xml\"");
	}

	@Test
	void oneServiceEndsWithTheExitCodeOfItsRefusal() throws Exception {
		try (StartedCommand gateway = lectern.start(Map.of("SERVER_PORT", "many"), "gateway")) {
			assertThat(gateway.awaitExitCode()).isEqualTo(StartFault.EXIT_CODE);
			assertThat(gateway.lines()).anyMatch((line) -> line.equals(
					"The setting server.port (SERVER_PORT in the environment) is \"many\": it must be a whole number."));
		}
	}

	@Test
	void commandOfACheckoutIsUnknown() throws Exception {
		try (StartedCommand command = lectern.start(Map.of(), "bench")) {
			assertThat(command.awaitExitCode()).isEqualTo(2);
			assertThat(command.lines()).first().asString().startsWith("usage: lectern up");
			assertThat(command.lines()).noneMatch((line) -> line.contains("bench"));
		}
	}

	@Test
	void argumentsOfCommandsWithoutArgumentsAreRefused() throws Exception {
		for (String name : List.of("train", "purge")) {
			try (StartedCommand command = lectern.start(Map.of(), name, "--help")) {
				assertThat(command.awaitExitCode()).isZero();
				assertThat(command.lines()).first().asString().startsWith("usage: lectern up");
			}
			try (StartedCommand command = lectern.start(Map.of(), name, "now")) {
				assertThat(command.awaitExitCode()).isEqualTo(2);
			}
		}
	}

	private static void copyProgram(Path home) throws IOException {
		Files.copy(lectern.home().resolve("bin/lectern"), Files.createDirectory(home.resolve("bin")).resolve("lectern"),
				StandardCopyOption.COPY_ATTRIBUTES);
	}

	private static void assertRefusal(List<String> wrapper, Map<String, String> environment, String beginning)
			throws IOException, InterruptedException {
		assertRefusal(lectern, wrapper, environment, "up", StartFault.EXIT_CODE, beginning);
	}

	private static void assertRefusal(UnpackedDistribution distribution, List<String> wrapper,
			Map<String, String> environment, String argument, int exitCode, String beginning)
			throws IOException, InterruptedException {
		try (StartedCommand command = distribution.start(wrapper, environment, argument)) {
			assertThat(command.awaitExitCode()).isEqualTo(exitCode);
			assertThat(command.lines()).singleElement().asString().startsWith(beginning).endsWith(".");
		}
	}

	/** A wrapper in whose name space a file system is mounted. */
	private static List<String> withMount(String options, String place) {
		return List.of("/usr/bin/unshare", "-rm", "/bin/sh", "-c",
				"/bin/mount -t tmpfs " + options + " '" + place + "' && exec \"$@\"", "sh");
	}

	private boolean canMount() throws IOException, InterruptedException {
		Path place = Files.createDirectory(this.empty.resolve("place"));
		ProcessBuilder builder = new ProcessBuilder(
				Stream.concat(withMount("none", place.toString()).stream(), Stream.of("/bin/true")).toList());
		try (StartedCommand command = StartedCommand.start(builder)) {
			return command.awaitExitCode() == 0 && Files.isDirectory(Path.of("/usr/lib/jvm"));
		}
		catch (IOException _) {
			return false;
		}
	}

}
