package lectern.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The log file of a program's current run. What came before is kept beside it: the log of
 * the previous run, or an earlier part of a long one.
 *
 * @param path the file of the current run
 * @param maxBytes the size from which a new part is started
 */
record ProgramLogFile(Path path, long maxBytes) {

	private static final long MAX_BYTES = 64L * 1024 * 1024;

	private static final int TAIL_BYTES = 8192;

	ProgramLogFile(Path path) {
		this(path, MAX_BYTES);
	}

	/**
	 * Start a new part if the file is too large. The program appends to the same file, so
	 * the file is copied and emptied; lines that the program writes in between are lost.
	 */
	void limitSize() {
		try {
			if (Files.size(this.path) > this.maxBytes) {
				Files.copy(this.path, previous(), StandardCopyOption.REPLACE_EXISTING,
						StandardCopyOption.COPY_ATTRIBUTES);
				Files.newByteChannel(this.path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
			}
		}
		catch (IOException _) {
			// The next check tries again; a program is not stopped because of its log.
		}
	}

	/**
	 * Empty the file, to which the program may be appending, and delete earlier parts.
	 */
	void clear() throws IOException {
		Files.deleteIfExists(previous());
		Files.newByteChannel(this.path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
	}

	private Path previous() {
		return this.path.resolveSibling(this.path.getFileName() + ".1");
	}

	/** Start a new file and keep the previous one with the suffix {@code .1}. */
	void rotate() throws IOException {
		if (Files.exists(this.path)) {
			Files.move(this.path, previous(), StandardCopyOption.REPLACE_EXISTING);
		}
		Files.createFile(this.path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
	}

	/** Return the size in bytes, 0 if there is no file. */
	long size() {
		return this.path.toFile().length();
	}

	/** Return the last lines; fewer than requested if they are longer than 8 KB. */
	List<String> tail(int count) {
		try (var channel = Files.newByteChannel(this.path)) {
			long from = Math.max(0, channel.size() - TAIL_BYTES);
			var bytes = java.nio.ByteBuffer.allocate(TAIL_BYTES);
			channel.position(from).read(bytes);
			List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines()
				.toList();
			return lines.subList(Math.max(0, lines.size() - count), lines.size());
		}
		catch (IOException ex) {
			return List.of();
		}
	}

}
