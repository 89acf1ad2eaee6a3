package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * The launcher in a process of its own, with the same JVM options as
 * {@code ./lectern up}.
 */
public final class RunningLauncher implements AutoCloseable {

	/** An environment variable that the launcher must not pass on to services. */
	static final String UNRELATED_VARIABLE = "UNRELATED_SECRET";

	/** A value that the launcher must replace by its own. */
	static final String OTHER_SECRET = "a secret of nobody";

	/** A launcher whose start makes no progress gives up earlier, and says why. */
	static final Duration START_LIMIT = Duration.ofMinutes(10).plus(HANG_LIMIT);

	private final Process process;

	private final Path output;

	private RunningLauncher(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	static RunningLauncher start(Path root, Path data, Ports ports) throws IOException {
		return start(root, data, ports.gateway(),
				Map.of(UNRELATED_VARIABLE, "not for services", "LECTERN_PROGRESS_ADMINPASSWORD", OTHER_SECRET,
						"LECTERN_PROGRESS_ADMINISTRATIONSECRET", OTHER_SECRET, "LECTERN_JAVA_OPTIONS",
						"-XX:TieredStopAtLevel=1"));
	}

	/**
	 * Start the launcher.
	 * @param root the project's folder
	 * @param data the data folder
	 * @param port the gateway's port
	 * @param environment additional environment variables
	 * @param options options of {@code ./lectern up}
	 */
	public static RunningLauncher start(Path root, Path data, int port, Map<String, String> environment,
			String... options) throws IOException {
		Path output = Files.createTempFile("launcher", ".out");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				Launcher.class.getName(), root.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.command().addAll(List.of(options));
		builder.environment().put("LECTERN_DATA", data.toString());
		builder.environment().put("LECTERN_PORT", Integer.toString(port));
		builder.environment().putAll(environment);
		DefaultSignals.restore();
		return new RunningLauncher(builder.start(), output);
	}

	/** Wait until the launcher has printed a line that contains the text. */
	public RunningLauncher awaitLine(String text) {
		Awaitility.await()
			.atMost(START_LIMIT)
			.failFast("the launcher ended", () -> !this.process.isAlive())
			.until(() -> outputLines().stream().anyMatch((line) -> line.contains(text)));
		return this;
	}

	/** Wait until all processes are ready. */
	public RunningLauncher awaitReady() {
		return awaitLine("Lectern is ready: http");
	}

	/** Return the lines printed so far. */
	public List<String> outputLines() throws IOException {
		return Files.readAllLines(this.output);
	}

	/** Send a signal, such as {@code TERM}, to the launcher. */
	public void sendSignal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + this.process.pid()).start()
			.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	/** Return the exit code, or -1 if the process does not end within the limit. */
	public int awaitExitCode(Duration limit) throws InterruptedException {
		return this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? this.process.exitValue() : -1;
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		try {
			Awaitility.await().atMost(HANG_LIMIT).until(() -> !this.process.isAlive());
		}
		finally {
			this.process.destroyForcibly();
			Files.deleteIfExists(this.output);
		}
	}

}
