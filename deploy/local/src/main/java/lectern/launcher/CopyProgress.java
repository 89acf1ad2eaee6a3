package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Prints how much was copied, every few seconds. */
final class CopyProgress implements LongConsumer {

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private static final long MEGABYTE = 1024 * 1024;

	private final LauncherConsole console;

	private final String verb;

	private long bytes;

	private long printedAt = System.nanoTime();

	/**
	 * @param verb what is done with the bytes, as the first word of a sentence
	 */
	CopyProgress(LauncherConsole console, String verb) {
		this.console = console;
		this.verb = verb;
	}

	@Override
	public void accept(long count) {
		this.bytes += count;
		if (System.nanoTime() - this.printedAt > INTERVAL.toNanos()) {
			this.printedAt = System.nanoTime();
			this.console.printLine(this.verb + " " + megabytes(this.bytes) + " MB ...");
		}
	}

	static long megabytes(long bytes) {
		return bytes / MEGABYTE;
	}

	/** Return the bytes of all files in a folder, about, if they change meanwhile. */
	static long sizeOf(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			// A missing file counts as 0.
			return files.mapToLong((file) -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
		}
	}

}
