package lectern.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs short commands and waits until they end. */
final class ProcessRunner {

	private static final int TIMEOUT_SECONDS = 120;

	private ProcessRunner() {
	}

	/**
	 * The result of a command.
	 *
	 * @param exitCode the exit code; -1 after a timeout
	 * @param output the whole standard output and error output
	 */
	record ProcessResult(int exitCode, String output) {

		boolean succeeded() {
			return this.exitCode == 0;
		}

	}

	/**
	 * Run a command and kill it after two minutes.
	 * @param command the program and its arguments
	 * @param environment its whole environment; nothing is inherited
	 */
	static ProcessResult run(List<String> command, Map<String, String> environment)
			throws IOException, InterruptedException {
		Path output = Files.createTempFile("lectern", ".out");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectInput(Path.of("/dev/null").toFile())
				.redirectOutput(output.toFile());
			builder.environment().clear();
			builder.environment().putAll(environment);
			Process process = builder.start();
			try {
				boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
				return new ProcessResult(ended ? process.exitValue() : -1,
						Files.readString(output, StandardCharsets.UTF_8));
			}
			finally {
				process.destroyForcibly();
			}
		}
		finally {
			Files.deleteIfExists(output);
		}
	}

	/** Return whether a program is on the search path. */
	static boolean isOnPath(String program) {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, program)));
	}

	/**
	 * Wrap a command so that it runs in a session of its own. Then Ctrl-C in the terminal
	 * reaches only the launcher, which stops the programs in order. Each variant replaces
	 * itself by the command, so the process id stays the same.
	 */
	static List<String> inNewSession(List<String> command) {
		List<String> detached = new ArrayList<>();
		if (isOnPath("setsid")) {
			detached.add("setsid");
		}
		else if (isOnPath("perl")) {
			// macOS has perl but no setsid.
			detached.addAll(List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!"));
		}
		else {
			detached.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "sh"));
		}
		detached.addAll(command);
		return detached;
	}

}
