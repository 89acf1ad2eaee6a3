package lectern.bench.systems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Starts, awaits and stops the programs that the bench runs, and deletes their folders.
 */
final class ChildProcesses {

	private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

	private ChildProcesses() {
	}

	/**
	 * Wait until a started process has fulfilled a condition.
	 * @param output the file with its output, for the error message
	 * @throws IOException if the process ends or the limit is exceeded before
	 */
	static void awaitCondition(Process process, Path output, BooleanSupplier condition, Duration limit)
			throws IOException {
		long began = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (!process.isAlive() || System.nanoTime() - began > limit.toNanos()) {
				process.destroy();
				throw new IOException("A program did not start:\n" + Files.readString(output));
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	/** Request a process to stop, and kill it after the limit. */
	static void stop(Process process, Duration limit) {
		process.destroy();
		try {
			if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			process.destroyForcibly();
		}
	}

	static void deleteFolder(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

}
