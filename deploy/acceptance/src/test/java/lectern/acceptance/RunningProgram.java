package lectern.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A child process whose printed lines are recorded. */
final class RunningProgram implements AutoCloseable {

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private final Process process;

	private RunningProgram(List<String> command) throws IOException {
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	static RunningProgram start(List<String> command) throws IOException {
		RunningProgram program = new RunningProgram(command);
		program.readOutput(program.lines::add);
		return program;
	}

	/** Start a process whose lines are given to a consumer. */
	static RunningProgram start(List<String> command, Consumer<String> lines) throws IOException {
		RunningProgram program = new RunningProgram(command);
		program.readOutput(lines);
		return program;
	}

	private void readOutput(Consumer<String> lines) {
		Thread.ofVirtual().name("output").start(() -> read(lines));
	}

	private void read(Consumer<String> lines) {
		try (BufferedReader output = this.process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				lines.accept(line);
			}
		}
		catch (IOException _) {
			// The process was stopped. The lines printed before are evaluated.
		}
	}

	String nextLine() throws InterruptedException {
		String line = this.lines.poll(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		assertThat(line).as("the next line of %s", this.process.info().command()).isNotNull();
		return line;
	}

	/** Skip lines until one starts with a text, and return the rest of that line. */
	String awaitLine(String beginning) throws InterruptedException {
		String line = nextLine();
		while (!line.startsWith(beginning)) {
			line = nextLine();
		}
		return line.substring(beginning.length()).strip();
	}

	/** Stop the process and assert that it ends. */
	@Override
	public void close() {
		this.process.destroy();
		try {
			assertThat(this.process.waitFor(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).as("ended").isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.process.destroyForcibly();
		}
	}

}
