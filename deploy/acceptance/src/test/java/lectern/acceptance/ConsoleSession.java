package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the steps of a document in one bash, so that later commands see the variables of
 * earlier ones. The output of each command goes to a file. Event streams stay open until
 * the session is closed.
 */
final class ConsoleSession implements AutoCloseable {

	private static final String FINISHED = "finished";

	private final List<ConsoleStep> steps;

	private final Path folder;

	private final Process bash;

	private ConsoleSession(List<ConsoleStep> steps, Path folder, Process bash) {
		this.steps = steps;
		this.folder = folder;
		this.bash = bash;
	}

	/**
	 * Start to run the steps.
	 * @param folder the working directory
	 * @param replacements texts in commands, and what stands for them here
	 */
	static ConsoleSession start(List<ConsoleStep> steps, Path folder, Map<String, String> replacements)
			throws IOException {
		Path script = Files.writeString(folder.resolve("script"), script(steps, replacements));
		Process bash = new ProcessBuilder("bash", script.toString()).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("script.out").toFile())
			.start();
		return new ConsoleSession(steps, folder, bash);
	}

	private static String script(List<ConsoleStep> steps, Map<String, String> replacements) {
		StringBuilder script = new StringBuilder();
		for (int index = 0; index < steps.size(); index++) {
			String command = steps.get(index).command();
			if (command != null) {
				for (Map.Entry<String, String> replacement : replacements.entrySet()) {
					command = command.replace(replacement.getKey(), replacement.getValue());
				}
				script.append(steps.get(index).isStream() ? """
						%1$s > %2$s 2> /dev/null < /dev/null &
						for ((tries = 0; tries < 200; tries++)); do [ -s %2$s ] && break; sleep 0.1; done
						""".formatted(command, outputFile(index)) : """
						{ %1$s
						} > %2$s 2>&1 < /dev/null
						""".formatted(command, outputFile(index)));
			}
		}
		return script.append("touch ").append(FINISHED).append("\nwait\n").toString();
	}

	private static String outputFile(int step) {
		return step + ".out";
	}

	/** Wait for the last command and compare everything that was printed. */
	void assertOutputAsExpected() throws IOException {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> Files.exists(this.folder.resolve(FINISHED)));
		assertThat(this.folder.resolve("script.out")).isEmptyFile();
		for (int index = 0; index < this.steps.size(); index++) {
			ConsoleStep step = this.steps.get(index);
			if (step.isStream()) {
				int stream = index;
				Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertStreamAsExpected(stream));
			}
			else if (step.command() != null) {
				String output = output(index);
				assertThat(step.expected().matches(output))
					.as("$ %s%nis expected to print%n%s%nbut printed%n%s", step.command(), step.expected().text(),
							output)
					.isTrue();
			}
		}
	}

	/** What a stream printed is compared with all steps that show output of it. */
	private void assertStreamAsExpected(int stream) throws IOException {
		String output = output(stream);
		int position = 0;
		for (int index = stream; index < this.steps.size(); index++) {
			ConsoleStep step = this.steps.get(index);
			if (index > stream && step.isStream()) {
				return;
			}
			if (index == stream || step.command() == null) {
				int end = step.expected().findEnd(output, position);
				assertThat(end)
					.as("$ %s%nis expected to print%n%s%nbut printed%n%s",
							Objects.requireNonNull(this.steps.get(stream).command()), step.expected().text(),
							output.substring(position))
					.isNotNegative();
				position = end;
			}
		}
	}

	private String output(int step) throws IOException {
		return Files.readString(this.folder.resolve(outputFile(step)));
	}

	/** End all event streams that are open, and bash. */
	@Override
	public void close() {
		this.bash.descendants().forEach(ProcessHandle::destroy);
		this.bash.destroy();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> !this.bash.isAlive());
	}

}
