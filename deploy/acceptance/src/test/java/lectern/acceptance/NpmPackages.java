package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Packages that npm distributes, at the versions of package-lock.json. */
public final class NpmPackages {

	private static final Duration TIMEOUT = Duration.ofSeconds(180);

	private static final Pattern UNREACHABLE = Pattern
		.compile("npm (?:ERR!|error) code (?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)");

	/** What a developer's own build leaves. */
	private static final Set<String> NOT_SOURCES = Set.of("node_modules", "build", "dashboards");

	private final Path folder;

	private NpmPackages(Path folder) {
		this.folder = folder;
	}

	/** Whether npm is on the path. */
	public static boolean canBeInstalled() {
		try {
			Process npm = new ProcessBuilder("npm", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return npm.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS) && npm.exitValue() == 0;
		}
		catch (IOException _) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Install packages into a folder. Their own scripts do not run. The test is skipped
	 * if the registry of npm cannot be reached: a build needs Maven Central alone.
	 * @param resources the folder of resources with package.json and package-lock.json
	 * @param files other files there, which are copied too
	 */
	public static NpmPackages install(Path folder, String resources, String... files)
			throws IOException, InterruptedException {
		List<String> copied = new ArrayList<>(List.of("package.json", "package-lock.json"));
		copied.addAll(List.of(files));
		for (String file : copied) {
			Files.copy(NpmPackages.class.getResourceAsStream("/" + resources + "/" + file), folder.resolve(file));
		}
		return install(folder);
	}

	/**
	 * Copy a folder with package.json, package-lock.json and sources into another one,
	 * and install the packages there, as above.
	 */
	public static NpmPackages installCopy(Path folder, Path sources) throws IOException, InterruptedException {
		try (Stream<Path> files = Files.walk(sources)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path relative = sources.relativize(file);
				if (!NOT_SOURCES.contains(relative.getName(0).toString())) {
					Files.createDirectories(folder.resolve(relative).getParent());
					Files.copy(file, folder.resolve(relative));
				}
			}
		}
		return install(folder);
	}

	private static NpmPackages install(Path folder) throws IOException, InterruptedException {
		NpmPackages packages = new NpmPackages(folder);
		packages
			.run((output) -> assumeThat(UNREACHABLE.matcher(output).find()).as("the registry of npm is not reachable")
				.isFalse(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
		return packages;
	}

	/**
	 * Run a program in the folder until it ends successfully, and return what it prints.
	 */
	public String run(String... command) throws IOException, InterruptedException {
		return run((_) -> {
		}, command);
	}

	private String run(Consumer<String> firstCheck, String... command) throws IOException, InterruptedException {
		Path output = Files.createTempFile(this.folder, "program", ".out");
		Process program = new ProcessBuilder(command).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			boolean ended = program.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
			String printed = Files.readString(output);
			firstCheck.accept(printed);
			assertThat(ended && program.exitValue() == 0).as("%s: %s", List.of(command), printed).isTrue();
			return printed;
		}
		finally {
			program.destroyForcibly();
		}
	}

	/** Return a file in the folder. */
	public Path file(String name) {
		return this.folder.resolve(name);
	}

	/** Return the text of a file of a package. */
	String read(String file) throws IOException {
		return Files.readString(this.folder.resolve("node_modules").resolve(file));
	}

}
