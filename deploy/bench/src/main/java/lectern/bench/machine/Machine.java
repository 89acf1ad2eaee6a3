package lectern.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Describes the machine that the bench runs on. */
public final class Machine {

	private Machine() {
	}

	/** Return one line: CPU, cores, memory, kernel, JDK. */
	public static String description() {
		return "%s, %d cores, %s of memory, Linux %s, JDK %s".formatted(field("/proc/cpuinfo", "model name"),
				Runtime.getRuntime().availableProcessors(), field("/proc/meminfo", "MemTotal"),
				System.getProperty("os.version"), Runtime.version());
	}

	private static String field(String file, String name) {
		try {
			return Files.readAllLines(Path.of(file))
				.stream()
				.filter((line) -> line.startsWith(name))
				.findFirst()
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.orElse("unknown");
		}
		catch (IOException _) {
			return "unknown";
		}
	}

	/** Return the load averages: other processes distort the measurement. */
	public static String loadAverage() {
		try {
			return Files.readString(Path.of("/proc/loadavg")).strip();
		}
		catch (IOException _) {
			return "unknown";
		}
	}

	/** Return the CPU time of the bench itself so far, including ended children. */
	public static Duration benchCpuTime() {
		return ProcessGroup.cpuTime(Path.of("/proc/self"));
	}

	/** Return the path of a tool of the JDK that runs the bench, such as {@code jcmd}. */
	public static String jdkTool(String name) {
		return Path.of(System.getProperty("java.home"), "bin", name).toString();
	}

	/** Return the first line that a command prints; empty if it cannot be run. */
	public static String firstOutputLine(String... command) {
		try {
			Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			process.waitFor(5, TimeUnit.SECONDS);
			return output.lines().findFirst().orElse("");
		}
		catch (IOException _) {
			return "";
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return "";
		}
	}

}
