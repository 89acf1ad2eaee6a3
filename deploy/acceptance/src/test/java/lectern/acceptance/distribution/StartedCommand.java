package lectern.acceptance.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** A command in a process of its own, whose output is kept. */
public final class StartedCommand implements AutoCloseable {

	/** A machine that is busy needs minutes to start everything. */
	private static final Duration START_LIMIT = Duration.ofMinutes(10);

	private final Process process;

	private final Path output;

	private StartedCommand(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/** Start a command. */
	public static StartedCommand start(ProcessBuilder builder) throws IOException {
		Path output = Files.createTempFile("command", ".out");
		return new StartedCommand(builder.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
	}

	/** Return all lines printed so far, also those of errors. */
	public List<String> lines() throws IOException {
		return Files.readAllLines(this.output);
	}

	/** Wait until it has printed a line that begins with a text. */
	StartedCommand awaitLine(String beginning) {
		Awaitility.await()
			.atMost(START_LIMIT)
			.failFast("the command ended", () -> !this.process.isAlive())
			.until(() -> lines().stream().anyMatch((line) -> line.startsWith(beginning)));
		return this;
	}

	/** Send SIGTERM. */
	void terminate() {
		this.process.destroy();
	}

	boolean isRunning() {
		return this.process.isAlive();
	}

	/** Wait for the end and return the exit code; -1 if it does not end. */
	public int awaitExitCode() throws InterruptedException {
		return this.process.waitFor(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS) ? this.process.exitValue() : -1;
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
