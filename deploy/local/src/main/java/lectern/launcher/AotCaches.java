package lectern.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The AOT caches of the services, which {@code lectern train} writes: classes that are
 * loaded and linked already, and profiles of methods, by which the JVM compiles code
 * earlier (JEP 483, 514, 515). The name of a file has its {@link AotCacheKey key}, so a
 * cache that does not fit is not used. The JVM itself checks what it uses, and starts
 * without a cache that is damaged.
 */
final class AotCaches implements AotOptions {

	/** Options by which a user decides about caches. */
	private static final String USER_OPTION = "-XX:AOT";

	private final Path folder;

	private final List<String> javaOptions;

	private final LauncherConsole console;

	AotCaches(LauncherSettings settings, LauncherConsole console) {
		this.folder = settings.cacheFolder();
		this.javaOptions = settings.javaOptions();
		this.console = console;
	}

	/** Return whether the user has other plans with AOT caches. */
	boolean areOverridden() {
		return this.javaOptions.stream().anyMatch((option) -> option.startsWith(USER_OPTION));
	}

	/**
	 * Return the option to use the cache of a service; none if no cache fits. A start
	 * does not fail because of a cache.
	 */
	@Override
	public List<String> of(String service, Path jar) {
		try {
			if (areOverridden() || list(service).isEmpty()) {
				return List.of();
			}
			Path file = file(service, jar);
			if (Files.isReadable(file)) {
				return AotOptions.withDelayedOptimization("-XX:AOTCache=" + file);
			}
			this.console
				.printLine("The AOT cache of " + service + " fits another Java, other options or another release, "
						+ "and is not used; lectern train writes a new one.");
		}
		catch (IOException ex) {
			this.console.printLine("The AOT cache of " + service + " is not used (" + ex + ").");
		}
		return List.of();
	}

	private Path file(String service, Path jar) throws IOException {
		AotCacheKey key = AotCacheKey.of(ServiceProgram.jvmOptions(this.javaOptions), Installation.classPath(jar));
		return this.folder.resolve(service + "-" + key.value() + ".aot");
	}

	/** Return the caches of a service, whether they fit or not. */
	private List<Path> list(String service) throws IOException {
		if (!Files.isDirectory(this.folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.folder)) {
			return files
				.filter((file) -> file.getFileName().toString().matches(service + "-" + AotCacheKey.PATTERN + "\\.aot"))
				.toList();
		}
	}

	/**
	 * Add a cache, and delete the others of the service.
	 * @param written the complete file, which is moved
	 */
	void replace(String service, Path jar, Path written) throws IOException {
		try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
		Path file = file(service, jar);
		Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
		for (Path other : list(service)) {
			if (!other.equals(file)) {
				Files.delete(other);
			}
		}
	}

}
