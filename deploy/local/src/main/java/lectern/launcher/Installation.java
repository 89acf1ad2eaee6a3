package lectern.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Where the programs of Lectern are: in the modules of a checkout, or in the folder
 * {@code lib} of an unpacked distribution, which all programs share. In both, the
 * libraries of a program lie beside its jar, and the manifest of the jar lists them. So
 * {@code java -jar} has the same class path in the same order at each start.
 *
 * @param home the folder of the checkout or of the distribution, absolute
 */
record Installation(Path home) {

	static final List<String> SERVICES = List.of("catalog-service", "progress-service", "gateway");

	/**
	 * Check that all services can be started.
	 * @throws StartupException naming the first file that is missing
	 */
	void requireServices() {
		SERVICES.forEach(this::jar);
	}

	/**
	 * Return the jar of a program, with the libraries that it needs beside it.
	 * @param program the program, such as {@code gateway}
	 * @throws StartupException if the jar or one of its libraries is missing
	 */
	Path jar(String program) {
		Path folder = folder(program);
		Path jar = newestJar(folder, program)
			.orElseThrow(() -> incompleteException("The jar of " + program + " is missing in " + folder));
		try {
			requireFiles(classPath(jar), folder);
		}
		catch (IOException ex) {
			throw incompleteException("The jar " + jar + " cannot be read (" + ex.getMessage() + ")");
		}
		return jar;
	}

	/**
	 * Return the class path of a program: its jar, and the libraries in the manifest.
	 * @param jar the jar
	 */
	static List<Path> classPath(Path jar) throws IOException {
		List<Path> classPath = new ArrayList<>(List.of(jar));
		try (JarFile file = new JarFile(jar.toFile())) {
			String libraries = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
			if (libraries != null) {
				URI base = jar.toUri();
				Stream.of(libraries.split(" "))
					.map((library) -> Path.of(base.resolve(library)))
					.forEach(classPath::add);
			}
		}
		return classPath;
	}

	private Path folder(String program) {
		return isDistribution() ? this.home.resolve("lib") : this.home.resolve(program).resolve("target", "lib");
	}

	private boolean isDistribution() {
		return Files.exists(this.home.resolve("bin", "lectern"));
	}

	/** A checkout may have jars of earlier versions, too. */
	private static Optional<Path> newestJar(Path folder, String program) {
		try (Stream<Path> files = Files.list(folder)) {
			return files
				.filter((file) -> file.getFileName().toString().matches(program + "-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
				.max(Comparator.comparing((file) -> file.toFile().lastModified()));
		}
		catch (IOException _) {
			return Optional.empty();
		}
	}

	private void requireFiles(List<Path> classPath, Path folder) {
		for (Path file : classPath) {
			if (!Files.exists(file)) {
				throw incompleteException("The library " + file.getFileName() + " is missing in " + folder);
			}
		}
	}

	private StartupException incompleteException(String reason) {
		return new StartupException(reason + ": "
				+ (isDistribution() ? "unpack the archive of Lectern again." : "run ./lectern up, which builds it."));
	}

}
