package lectern.bench.systems;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lectern.bench.machine.Machine;
import lectern.bench.machine.ProcessGroup;

/**
 * A complete Lectern, started in the same way as by {@code ./lectern up}.
 */
public final class LecternProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	/** Matches one line per generation; the lines of its spaces contain no total. */
	private static final Pattern HEAP_USED = Pattern.compile("total .*used ([0-9]+)K");

	private static final String READY_MESSAGE = "Lectern is ready:";

	private final LecternFolder folder;

	private final boolean ownsFolder;

	private final Process process;

	private final Duration startTime;

	private LecternProcess(LecternFolder folder, boolean ownsFolder, Process process) throws IOException {
		this.folder = folder;
		this.ownsFolder = ownsFolder;
		this.process = process;
		long began = System.nanoTime();
		try {
			Path output = output(folder);
			ChildProcesses.awaitCondition(process, output, () -> contains(output, READY_MESSAGE), START_TIMEOUT);
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
		this.startTime = Duration.ofNanos(System.nanoTime() - began);
	}

	/**
	 * Start a Lectern with a new data folder that is deleted on close, and wait until it
	 * is ready.
	 * @param root the project's folder, in which all modules are built
	 * @param javaOptions options for the JVMs of the services; {@code -Dname=value}
	 * changes a setting
	 */
	static LecternProcess start(Path root, String javaOptions) throws IOException {
		LecternFolder folder = LecternFolder.create();
		return start(root, javaOptions, folder, folder.noCaches(), true);
	}

	/**
	 * Start a Lectern on a folder that is kept, and wait until it is ready.
	 * @param caches the folder of AOT caches
	 */
	static LecternProcess start(Path root, String javaOptions, LecternFolder folder, Path caches) throws IOException {
		return start(root, javaOptions, folder, caches, false);
	}

	private static LecternProcess start(Path root, String javaOptions, LecternFolder folder, Path caches,
			boolean ownsFolder) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Machine.jdkTool("java"), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		command.addAll(List.of("-jar", findJar(root).toString(), root.toString()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(output(folder).toFile());
		builder.environment().put("LECTERN_DATA", folder.data().toString());
		builder.environment().put("LECTERN_PORT", Integer.toString(folder.port()));
		builder.environment().put("LECTERN_ADMIN_PASSWORD", folder.adminPassword());
		builder.environment().put("LECTERN_CACHE", caches.toString());
		builder.environment().put("LECTERN_JAVA_OPTIONS", javaOptions);
		return new LecternProcess(folder, ownsFolder, builder.start());
	}

	private static Path output(LecternFolder folder) {
		return folder.path().resolve("output");
	}

	/** Return the jar of the launcher. */
	static Path findJar(Path root) throws IOException {
		try (Stream<Path> files = Files.list(root.resolve("deploy/local/target/lib"))) {
			return files
				.filter((file) -> file.getFileName().toString().matches("lectern-local-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
				.findFirst()
				.orElseThrow(() -> new IOException("Lectern is not built: run ./lectern bench, which builds it"));
		}
	}

	private static boolean contains(Path file, String text) {
		try {
			return Files.exists(file) && Files.readString(file).contains(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return the gateway's port; catalog, progress and PostgreSQL use the next three. */
	public int port() {
		return this.folder.port();
	}

	/** Return the time from the command until Lectern was ready. */
	Duration startTime() {
		return this.startTime;
	}

	String adminPassword() {
		return this.folder.adminPassword();
	}

	/** Return the password of a database role. */
	String databasePassword(String role) throws IOException {
		return Files.readString(this.folder.data().resolve("secrets").resolve(role)).strip();
	}

	/**
	 * Return the processes of a program, such as {@code gateway} or {@code postgresql}.
	 */
	public ProcessGroup processGroup(String program) throws IOException {
		Path file = this.folder.data().resolve("run").resolve(program + ".pid");
		return ProcessGroup.of(Long.parseLong(Files.readString(file).strip()));
	}

	/** Run two garbage collections; the second frees objects with cleanup actions. */
	public void collectGarbage(String service) throws IOException {
		String pid = Long.toString(processGroup(service).root().pid());
		try {
			for (int i = 0; i < 2; i++) {
				new ProcessBuilder(Machine.jdkTool("jcmd"), pid, "GC.run")
					.redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.start()
					.waitFor(30, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	/** Return the used heap of a service in bytes, including unreachable objects. */
	long heapUsed(String service) throws IOException {
		String pid = Long.toString(processGroup(service).root().pid());
		Process jcmd = new ProcessBuilder(Machine.jdkTool("jcmd"), pid, "GC.heap_info").redirectErrorStream(true)
			.start();
		try (BufferedReader output = jcmd.inputReader()) {
			return output.lines()
				.map(HEAP_USED::matcher)
				.filter(Matcher::find)
				.mapToLong((used) -> Long.parseLong(used.group(1)) * 1024)
				.sum();
		}
	}

	@Override
	public void close() throws IOException {
		ChildProcesses.stop(this.process, STOP_TIMEOUT);
		if (this.ownsFolder) {
			this.folder.close();
		}
	}

}
