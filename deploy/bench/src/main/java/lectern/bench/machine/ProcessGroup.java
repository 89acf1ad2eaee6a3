package lectern.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A process with its children, such as a server with its workers, as Linux sees it.
 *
 * @param root the process that all of it began with
 */
public record ProcessGroup(ProcessHandle root) {

	/** The clock ticks of {@code /proc}, which are 100 a second on every Linux. */
	private static final long TICK_NANOS = 10_000_000;

	private static final int UTIME_FIELD = 11;

	/** User and system, and both of children that have ended. */
	private static final int CPU_TIME_FIELDS = 4;

	/** The group of a process id. */
	public static ProcessGroup of(long pid) {
		return new ProcessGroup(
				ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("Process " + pid + " is gone")));
	}

	private Stream<Path> procFolders() {
		return Stream.concat(Stream.of(this.root), this.root.descendants())
			.map((process) -> Path.of("/proc", Long.toString(process.pid())));
	}

	/**
	 * Return the CPU time of all its threads so far, user and system, of children that
	 * have ended too.
	 */
	public Duration cpuTime() {
		return Duration.ofNanos(procFolders().mapToLong(ProcessGroup::cpuTicks).sum() * TICK_NANOS);
	}

	private static long cpuTicks(Path folder) {
		String stat = read(folder.resolve("stat"));
		if (stat.isEmpty()) {
			return 0;
		}
		// The name, in brackets, can hold anything, spaces too.
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		long sum = 0;
		for (int i = 0; i < CPU_TIME_FIELDS; i++) {
			sum += Long.parseLong(fields[UTIME_FIELD + i]);
		}
		return sum;
	}

	/** Return the memory it takes, in bytes; what its processes share counts once. */
	public long memoryBytes() {
		return procFolders()
			.mapToLong((folder) -> read(folder.resolve("smaps_rollup")).lines()
				.filter((line) -> line.startsWith("Pss:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
				.sum())
			.sum();
	}

	/** Return how many file descriptors its process with the most has open. */
	public int openDescriptors() {
		return procFolders().mapToInt(ProcessGroup::openDescriptors).max().orElse(0);
	}

	private static int openDescriptors(Path folder) {
		try (Stream<Path> open = Files.list(folder.resolve("fd"))) {
			return (int) open.count();
		}
		catch (IOException _) {
			return 0;
		}
	}

	/** A process that has just ended tells nothing any more. */
	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException _) {
			return "";
		}
	}

}
