package lectern.progress.eventlog.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** A process of writers, as their test has it. */
final class WriterProcess {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

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
	 * Start it; what goes wrong in it stands in {@code target/torture}.
	 * @param name never the same twice; its connections are known by it
	 * @param outcomes gets what its writers tell
	 */
	static WriterProcess start(String database, String name, WriteOutcomes outcomes, WriterProfile... habits)
			throws IOException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		Stream<String> command = Stream.of(java.toString(), "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-XX:MaxDirectMemorySize=64m", "-cp", System.getProperty("java.class.path"),
				WriterProgram.class.getName(), database, name);
		Files.createDirectories(ERROR_LOG_FOLDER);
		ProcessBuilder builder = new ProcessBuilder(
				Stream.concat(command, Stream.of(habits).map(WriterProfile::name)).toList())
			.redirectError(ERROR_LOG_FOLDER.resolve(name + ".log").toFile());
		return new WriterProcess(name, builder.start(), outcomes);
	}

	private void readOutput(WriteOutcomes outcomes) {
		BufferedReader said = this.process.inputReader();
		said.lines().forEach((line) -> {
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
		Awaitility.await(this.name).atMost(TIMEOUT).failFast("it ended", () -> !isAlive()).until(() -> this.ready);
	}

	/** Whether it has told what became of an event. */
	boolean hasReportedOutcome() {
		return this.outcomeReported;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Stop it, and let it go on after a while. A shell sees to the latter, so that it
	 * happens whatever becomes of the test.
	 * @return the shell, once the process stands still
	 */
	Process freeze(Duration time) throws IOException {
		Process shell = new ProcessBuilder("/bin/sh", "-c", "kill -STOP $0 && echo frozen; sleep $1; kill -CONT $0",
				Long.toString(this.process.pid()), Double.toString(time.toMillis() / 1000.0))
			.start();
		assertThat(shell.inputReader().readLine()).isEqualTo("frozen");
		return shell;
	}

	/** Have it end as it does when its test is gone. */
	void stop() throws IOException {
		this.process.outputWriter().close();
		awaitExit();
	}

	/** End it as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly();
		awaitExit();
	}

	/** And until all is heard that it has said. */
	private void awaitExit() {
		Awaitility.await(this.name).atMost(TIMEOUT).until(() -> !isAlive() && !this.listener.isAlive());
	}

}
