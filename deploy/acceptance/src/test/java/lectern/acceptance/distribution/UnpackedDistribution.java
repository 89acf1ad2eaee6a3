package lectern.acceptance.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lectern.acceptance.Modules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The archive of the build, unpacked in an empty folder. Its commands have a JRE and a
 * few tools of the system: no compiler, no Maven and no checkout is in reach.
 *
 * @param home the folder of the archive
 * @param surroundings the folder that contains it and whatever else a command gets
 */
record UnpackedDistribution(Path home, Path surroundings) {

	/** What the script and the launcher call. */
	private static final List<String> TOOLS = List.of("bash", "cat", "dirname", "env", "readlink", "sed", "setsid",
			"sh", "true", "unshare");

	/** Return the archive that the build has made. */
	static Path archive() throws IOException {
		try (Stream<Path> files = Files.list(Modules.ROOT.resolve("deploy/distribution/target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("lectern-.*\\.tar\\.gz"))
				.max(Comparator.comparing((file) -> file.toFile().lastModified()))
				.orElseThrow();
		}
	}

	/** Unpack the archive in an empty folder. */
	static UnpackedDistribution unpack(Path folder) throws IOException, InterruptedException {
		Path surroundings = folder.toRealPath();
		Path unpacked = Files.createDirectory(surroundings.resolve("unpacked"));
		ProcessBuilder tar = new ProcessBuilder("tar", "-xzf", archive().toString(), "-C", unpacked.toString());
		try (StartedCommand command = StartedCommand.start(tar)) {
			assertThat(command.awaitExitCode()).as("tar: " + command.lines()).isZero();
		}
		linkTools(Files.createDirectory(surroundings.resolve("tools")));
		linkRuntime(Files.createDirectory(surroundings.resolve("jre")));
		try (Stream<Path> homes = Files.list(unpacked)) {
			return new UnpackedDistribution(homes.findFirst().orElseThrow(), surroundings);
		}
	}

	private static void linkTools(Path folder) throws IOException {
		for (String tool : TOOLS) {
			for (String place : List.of("/usr/bin", "/bin")) {
				Path program = Path.of(place, tool);
				if (Files.isExecutable(program) && !Files.exists(folder.resolve(tool))) {
					Files.createSymbolicLink(folder.resolve(tool), program);
				}
			}
		}
	}

	/** A JRE is a JDK without its tools. */
	private static void linkRuntime(Path folder) throws IOException {
		Path java = Path.of(System.getProperty("java.home"));
		Files.createSymbolicLink(Files.createDirectory(folder.resolve("bin")).resolve("java"),
				java.resolve("bin/java"));
		Files.createSymbolicLink(folder.resolve("release"), java.resolve("release"));
	}

	/** Return the same surroundings with another folder of Lectern. */
	UnpackedDistribution withHome(Path other) {
		return new UnpackedDistribution(other, this.surroundings);
	}

	Path tools() {
		return this.surroundings.resolve("tools");
	}

	/** Start a command of Lectern, with these variables and no others but two. */
	StartedCommand start(Map<String, String> environment, String... arguments) throws IOException {
		return start(List.of(), environment, arguments);
	}

	/**
	 * Start a command of Lectern within another program.
	 * @param wrapper the other program, which executes the rest of its arguments
	 */
	StartedCommand start(List<String> wrapper, Map<String, String> environment, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>(wrapper);
		command.add(this.home.resolve("bin/lectern").toString());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.surroundings.toFile());
		builder.environment().clear();
		builder.environment().put("PATH", tools().toString());
		builder.environment().put("JAVA_HOME", this.surroundings.resolve("jre").toString());
		builder.environment().putAll(environment);
		return StartedCommand.start(builder);
	}

}
