package lectern.bench.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A process with its descendants, such as a server with its workers. Reads {@code /proc},
 * so it works on Linux only.
 *
 * @param root the parent of all other processes
 */
public record ProcessGroup(ProcessHandle root) {

	/** The clock tick of {@code /proc}: 100 per second on every Linux. */
	private static final long TICK_NANOS = 10_000_000;

	private static final int UTIME_FIELD = 11;

	/** The user and system time, then both of children that have ended. */
	private static final int CPU_TIME_FIELDS = 4;

	/**
	 * Return the group of a process id.
	 * @throws IllegalStateException if there is no such process
	 */
	public static ProcessGroup of(long pid) {
		return new ProcessGroup(
				ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("Process " + pid + " has ended")));
	}

	private Stream<Path> procFolders() {
		return Stream.concat(Stream.of(this.root), this.root.descendants())
			.map((process) -> Path.of("/proc", Long.toString(process.pid())));
	}

	/** Return the user and system time used so far, including ended children. */
	public Duration cpuTime() {
		return procFolders().map(ProcessGroup::cpuTime).reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * Return the user and system time of each thread of the root process, by name;
	 * threads of one name are added up.
	 */
	public Map<String, Duration> threadCpuTimes() throws IOException {
		Map<String, Duration> times = new HashMap<>();
		try (DirectoryStream<Path> threads = Files
			.newDirectoryStream(Path.of("/proc", Long.toString(this.root.pid()), "task"))) {
			for (Path thread : threads) {
				times.merge(read(thread.resolve("comm")).strip(), cpuTime(thread), Duration::plus);
			}
		}
		return times;
	}

	/** Return the CPU time of one process and its ended children. */
	static Duration cpuTime(Path procFolder) {
		String stat = read(procFolder.resolve("stat"));
		if (stat.isEmpty()) {
			return Duration.ZERO;
		}
		// The second field, the name in brackets, may contain spaces.
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		long ticks = 0;
		for (int i = 0; i < CPU_TIME_FIELDS; i++) {
			ticks += Long.parseLong(fields[UTIME_FIELD + i]);
		}
		return Duration.ofNanos(ticks * TICK_NANOS);
	}

	/** Return the proportional set size in bytes: shared memory counts once. */
	public long memoryBytes() {
		return procFolders()
			.mapToLong((folder) -> read(folder.resolve("smaps_rollup")).lines()
				.filter((line) -> line.startsWith("Pss:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
				.sum())
			.sum();
	}

	/** Return the number of threads of all processes. */
	public int threads() {
		return procFolders().mapToInt((folder) -> count(folder.resolve("task"))).sum();
	}

	/** Return the largest number of open file descriptors in one of the processes. */
	public int openDescriptors() {
		return procFolders().mapToInt((folder) -> count(folder.resolve("fd"))).max().orElse(0);
	}

	/** Return the number of files in a folder; 0 if the process has just ended. */
	private static int count(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return (int) files.count();
		}
		catch (IOException _) {
			return 0;
		}
	}

	/** Return the content of a file; empty if the process has just ended. */
	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException _) {
			return "";
		}
	}

}
