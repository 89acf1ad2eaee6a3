package lectern.bench.systems;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lectern.bench.machine.Machine;
import lectern.bench.machine.ProcessGroup;

/**
 * A complete Lectern, started in the same way as by {@code ./lectern up}, with a new data
 * folder that is deleted on close.
 */
public final class LecternProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	/** Matches one line per generation; the lines of its spaces contain no total. */
	private static final Pattern HEAP_USED = Pattern.compile("total .*used ([0-9]+)K");

	private static final String READY_MESSAGE = "Lectern is ready:";

	private final Path folder;

	private final Process process;

	private final int port;

	private final String adminPassword;

	private LecternProcess(Path folder, Process process, int port, String adminPassword) {
		this.folder = folder;
		this.process = process;
		this.port = port;
		this.adminPassword = adminPassword;
	}

	/**
	 * Start a Lectern and wait until it is ready.
	 * @param root the project's folder, in which all modules are built
	 * @param javaOptions options for the JVMs of the services; {@code -Dname=value}
	 * changes a setting
	 */
	static LecternProcess start(Path root, String javaOptions) throws IOException {
		Path folder = Files.createTempDirectory("lectern-bench").toRealPath();
		Path output = folder.resolve("output");
		String configuredPort = System.getenv("LECTERN_PORT");
		int port = (configuredPort != null) ? Integer.parseInt(configuredPort) : PortAllocator.freeLecternPorts();
		String password = UUID.randomUUID().toString();
		List<String> command = new ArrayList<>(
				List.of(Machine.jdkTool("java"), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		command.addAll(List.of("-jar", findJar(root).toString(), root.toString()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().put("LECTERN_DATA", folder.resolve("data").toString());
		builder.environment().put("LECTERN_PORT", Integer.toString(port));
		builder.environment().put("LECTERN_ADMIN_PASSWORD", password);
		builder.environment().put("LECTERN_JAVA_OPTIONS", javaOptions);
		Process process = builder.start();
		LecternProcess lectern = new LecternProcess(folder, process, port, password);
		try {
			ChildProcesses.awaitCondition(process, output, () -> contains(output, READY_MESSAGE), START_TIMEOUT);
		}
		catch (IOException ex) {
			lectern.close();
			throw ex;
		}
		return lectern;
	}

	private static Path findJar(Path root) throws IOException {
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
		return this.port;
	}

	String adminPassword() {
		return this.adminPassword;
	}

	/** Return the password of a database role. */
	String databasePassword(String role) throws IOException {
		return Files.readString(this.folder.resolve("data/secrets").resolve(role)).strip();
	}

	/**
	 * Return the processes of a program, such as {@code gateway} or {@code postgresql}.
	 */
	public ProcessGroup processGroup(String program) throws IOException {
		Path file = this.folder.resolve("data/run").resolve(program + ".pid");
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
		ChildProcesses.deleteFolder(this.folder);
	}

}
