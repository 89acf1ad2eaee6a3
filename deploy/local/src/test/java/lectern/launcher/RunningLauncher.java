package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/** The launcher in a process of its own, as {@code ./lectern up} runs it. */
public final class RunningLauncher implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(120);

	private final Process process;

	private final Path output;

	private RunningLauncher(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	static RunningLauncher start(Path root, Path data, Ports ports) throws IOException {
		return start(root, data, ports.gateway(), Map.of("SOMEBODYS_SECRET", "not for services"));
	}

	/** Start it; what it needs beyond a folder and a port is in the environment. */
	public static RunningLauncher start(Path root, Path data, int port, Map<String, String> environment)
			throws IOException {
		Path output = Files.createTempFile("launcher", ".out");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-cp", System.getProperty("java.class.path"), Launcher.class.getName(), root.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().put("LECTERN_DATA", data.toString());
		builder.environment().put("LECTERN_PORT", Integer.toString(port));
		builder.environment().putAll(environment);
		DefaultSignals.restore();
		return new RunningLauncher(builder.start(), output);
	}

	RunningLauncher awaitLine(String part) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.failFast("the launcher ended", () -> !this.process.isAlive())
			.until(() -> outputLines().stream().anyMatch((line) -> line.contains(part)));
		return this;
	}

	public RunningLauncher awaitReady() {
		return awaitLine("Lectern is ready: http://localhost:");
	}

	public List<String> outputLines() throws IOException {
		return Files.readAllLines(this.output);
	}

	public void sendSignal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + this.process.pid()).start()
			.waitFor(5, TimeUnit.SECONDS);
	}

	/** Return the exit code, or -1 if it does not end within the limit. */
	public int awaitExitCode(Duration limit) throws InterruptedException {
		return this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? this.process.exitValue() : -1;
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		try {
			Awaitility.await().atMost(TIMEOUT).until(() -> !this.process.isAlive());
		}
		finally {
			this.process.destroyForcibly();
			Files.deleteIfExists(this.output);
		}
	}

}
