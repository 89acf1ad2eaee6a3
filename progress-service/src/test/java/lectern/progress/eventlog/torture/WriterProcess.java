package lectern.progress.eventlog.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Starts and controls a process of writers. */
final class WriterProcess {

	private static final Path ERROR_LOG_FOLDER = Path.of("target", "torture");

	private final String name;

	private final Process process;

	private final Thread listener;

	private volatile boolean ready;

	private volatile boolean outcomeReported;

	private WriterProcess(String name, Process process, WriteOutcomes outcomes) {
		this.name = name;
		this.process = process;
		this.listener = Thread.ofPlatform().daemon().start(() -> readOutput(outcomes));
	}

	/**
	 * Start a process. Its standard error goes to a file in {@code target/torture}.
	 * @param name a unique name, also the application name of the connections
	 * @param outcomes receives the outcomes that the writers report
	 */
	static WriterProcess start(String database, String name, WriteOutcomes outcomes, WriterProfile... profiles)
			throws IOException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		Stream<String> command = Stream.of(java.toString(), "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-XX:MaxDirectMemorySize=64m", "-cp", System.getProperty("java.class.path"),
				WriterProgram.class.getName(), database, name);
		Files.createDirectories(ERROR_LOG_FOLDER);
		ProcessBuilder builder = new ProcessBuilder(
				Stream.concat(command, Stream.of(profiles).map(WriterProfile::name)).toList())
			.redirectError(ERROR_LOG_FOLDER.resolve(name + ".log").toFile());
		return new WriterProcess(name, builder.start(), outcomes);
	}

	private void readOutput(WriteOutcomes outcomes) {
		BufferedReader output = this.process.inputReader();
		output.lines().forEach((line) -> {
			if (line.equals(WriterProgram.READY)) {
				this.ready = true;
			}
			else {
				List<String> words = List.of(line.split(" ", 2));
				outcomes.add(WriteOutcome.valueOf(words.getFirst()), words.getLast());
				this.outcomeReported = true;
			}
		});
	}

	String name() {
		return this.name;
	}

	void awaitReady() {
		Awaitility.await(this.name)
			.atMost(HANG_LIMIT)
			.failFast("the process ended", () -> !isAlive())
			.until(() -> this.ready);
	}

	/** Whether a writer has reported an outcome. */
	boolean hasReportedOutcome() {
		return this.outcomeReported;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Freeze the process for a time. A shell continues it, so that it continues even if
	 * the test ends.
	 * @return the shell, after the process was frozen
	 */
	Process freeze(Duration time) throws IOException {
		Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -STOP $0 && echo frozen; sleep $1; kill -CONT $0",
				Long.toString(this.process.pid()), Double.toString(time.toMillis() / 1000.0))
			.start();
		assertThat(shell.inputReader().readLine()).isEqualTo("frozen");
		return shell;
	}

	/** Stop the process by closing its standard input. */
	void stop() throws IOException {
		this.process.outputWriter().close();
		awaitExit();
	}

	/** Kill the process as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly();
		awaitExit();
	}

	/** Wait until the process has ended and its output has been read. */
	private void awaitExit() {
		Awaitility.await(this.name).atMost(HANG_LIMIT).until(() -> !isAlive() && !this.listener.isAlive());
	}

}
